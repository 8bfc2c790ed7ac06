package dev.unmask.engine.safetensors;

/** The upper half of a float32: its sign, its exponent and 7 bits of its fraction. */
public final class Bfloat16 {
  private Bfloat16() {}

  /** The float32 that these 16 bits stand for, exactly. */
  public static float toFloat(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** The nearest 16 bits, to even where two are equally near. */
  public static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      // Cutting could leave an empty fraction, which is infinity.
      return (short) (bits >>> 16 | 0x40);
    }
    return (short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16);
  }
}
