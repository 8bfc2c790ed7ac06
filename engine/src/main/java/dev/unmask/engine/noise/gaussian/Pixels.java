package dev.unmask.engine.noise.gaussian;

/** A value computed for each pixel of a batch. */
@FunctionalInterface
public interface Pixels {
  /** The value at an index. */
  float at(int index);

  /** All values. */
  static float[] each(int count, Pixels pixels) {
    float[] all = new float[count];
    for (int i = 0; i < count; i++) {
      all[i] = pixels.at(i);
    }
    return all;
  }
}
