package dev.unmask.engine.tensor;

import java.lang.foreign.MemorySegment;

/**
 * Rows of a matrix as a file has them, little-endian, row after row with no gaps.
 *
 * @param memory that outlives the tensors made of it; aligned or not
 */
public record StoredRows(Precision precision, int rows, MemorySegment memory) {
  /** The type of the stored numbers. */
  public enum Precision {
    /** IEEE float32. */
    FLOAT32(4),
    /** IEEE float16. */
    FLOAT16(2),
    /** The upper half of a float32. */
    BFLOAT16(2);

    private final int bytes;

    Precision(int bytes) {
      this.bytes = bytes;
    }

    /** Bytes of a number. */
    public int bytes() {
      return bytes;
    }
  }

  /** Some of the rows, which have so many columns each. */
  StoredRows slice(int first, int count, int columns) {
    long width = (long) columns * precision.bytes();
    return new StoredRows(precision, count, memory.asSlice(first * width, count * width));
  }
}
