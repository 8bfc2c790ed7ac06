package dev.unmask.engine.tensor;

import java.lang.foreign.MemorySegment;

/** A matrix in off-heap memory, row after row with no gaps. A view shares another's memory. */
record HostTensor(int rows, int columns, MemorySegment memory) implements Tensor {
  /**
   * The matrix whose values off-heap memory holds. The memory must outlive it: kernels do not ask
   * for that at each value.
   */
  @SuppressWarnings("restricted")
  static HostTensor over(int rows, int columns, MemorySegment memory) {
    MemorySegment always = MemorySegment.ofAddress(memory.address());
    return new HostTensor(rows, columns, always.reinterpret(memory.byteSize()));
  }

  /** Where a row begins, in bytes from the start of the memory. */
  long offset(int row) {
    return (long) row * columns * Float.BYTES;
  }

  /** Some rows, sharing this memory. */
  HostTensor slice(int firstRow, int count) {
    return new HostTensor(count, columns, memory.asSlice(offset(firstRow), offset(count)));
  }

  /** The values from {@code first} on, as a matrix of another shape that shares this memory. */
  HostTensor reshape(long first, int rows, int columns) {
    long bytes = (long) rows * columns * Float.BYTES;
    return new HostTensor(rows, columns, memory.asSlice(first * Float.BYTES, bytes));
  }

  /** The block of a product that begins at a row and a column. */
  Block block(int row, int column) {
    return new Block(memory, offset(row) + (long) column * Float.BYTES, columns);
  }

  /**
   * Where a product reads or writes.
   *
   * @param offset of its first value, in bytes
   * @param stride values from one row to the next
   */
  record Block(MemorySegment memory, long offset, int stride) {
    /** The block that begins at a row and a column of this one. */
    Block from(int row, int column) {
      long values = (long) row * stride + column;
      return new Block(memory, offset + values * Float.BYTES, stride);
    }
  }
}
