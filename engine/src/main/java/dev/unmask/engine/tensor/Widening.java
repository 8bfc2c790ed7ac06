package dev.unmask.engine.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Stored numbers to float32, exactly; in plain loops, which the compiler vectorises at once. */
final class Widening {
  /** Numbers that are widened in one go. */
  private static final int PIECE = 1 << 12;

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Widening() {}

  /** Fills a matrix of as many values. */
  static void copy(StoredRows from, int columns, HostTensor to) {
    int values = from.rows() * columns;
    if (from.precision() == StoredRows.Precision.FLOAT32) {
      MemorySegment.copy(from.memory(), 0, to.memory(), 0, (long) Float.BYTES * values);
      return;
    }
    short[] bits = new short[Math.min(PIECE, values)];
    float[] wide = new float[bits.length];
    for (int first = 0; first < values; first += PIECE) {
      int count = Math.min(PIECE, values - first);
      MemorySegment.copy(from.memory(), SHORT, (long) Short.BYTES * first, bits, 0, count);
      switch (from.precision()) {
        case FLOAT16 -> float16(bits, wide, count);
        case BFLOAT16 -> bfloat16(bits, wide, count);
        case FLOAT32 -> throw new AssertionError("copied as they are");
      }
      long at = (long) Float.BYTES * first;
      MemorySegment.copy(wide, 0, to.memory(), ValueLayout.JAVA_FLOAT, at, count);
    }
  }

  private static void float16(short[] bits, float[] wide, int count) {
    for (int i = 0; i < count; i++) {
      wide[i] = Float.float16ToFloat(bits[i]);
    }
  }

  private static void bfloat16(short[] bits, float[] wide, int count) {
    for (int i = 0; i < count; i++) {
      wide[i] = Float.intBitsToFloat(bits[i] << 16);
    }
  }
}
