package dev.unmask.engine.tensor;

import static dev.unmask.engine.tensor.Lanes.SPECIES;
import static dev.unmask.engine.tensor.Lanes.WIDTH;
import static dev.unmask.engine.tensor.ProductKernels.COLUMNS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.unmask.engine.tensor.Products.Operand;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The right side of a product as {@link ProductKernels} reads it: in panels of as many columns as
 * two registers hold, each of them row after row; the last one ends with columns of zeros.
 */
final class Panels {
  /** Bytes of the widest register, and of a line of the cache. */
  private static final int ALIGNMENT = 64;

  private final Arena arena;
  private MemorySegment memory = MemorySegment.NULL;
  private int inner;
  private int columns;

  /** Of memory that the arena frees. */
  Panels(Arena arena) {
    this.arena = arena;
  }

  /** Makes room for a matrix of this shape, whose panels are then packed. */
  void reserve(int inner, int columns) {
    this.inner = inner;
    this.columns = columns;
    long bytes = (long) count() * inner * COLUMNS * Float.BYTES;
    if (memory.byteSize() < bytes) {
      memory =
          arena.allocate(Math.max(bytes, Math.min(2 * memory.byteSize(), 1L << 26)), ALIGNMENT);
    }
  }

  /** How many panels there are. */
  int count() {
    return Math.ceilDiv(columns, COLUMNS);
  }

  int inner() {
    return inner;
  }

  int columns() {
    return columns;
  }

  MemorySegment memory() {
    return memory;
  }

  /** Where a panel's row begins, in bytes. */
  long offset(int panel, int row) {
    return ((long) panel * inner + row) * COLUMNS * Float.BYTES;
  }

  /** A value, for those who read single columns. */
  float at(int row, int column) {
    long at = offset(column / COLUMNS, row) / Float.BYTES + column % COLUMNS;
    return memory.getAtIndex(JAVA_FLOAT, at);
  }

  /** Fills a panel; the operand's first column is the panel's. */
  void pack(Operand right, int panel, float[] square) {
    for (int column = 0; column < COLUMNS; column += WIDTH) {
      int wide = Math.clamp(columns - panel * COLUMNS - column, 0, WIDTH);
      long at = offset(panel, 0) + (long) column * Float.BYTES;
      if (right.transposed()) {
        transpose(right.from(0, column).block(), wide, at, square);
      } else {
        copy(right.from(0, column).block(), wide, at);
      }
    }
  }

  private void copy(HostTensor.Block block, int wide, long at) {
    if (wide < WIDTH) {
      var mask = SPECIES.indexInRange(0, wide);
      for (int row = 0; row < inner; row++) {
        long from = block.offset() + (long) row * block.stride() * Float.BYTES;
        Lanes.store(Lanes.load(block.memory(), from, 0, mask), memory, at, row * COLUMNS);
      }
      return;
    }
    for (int row = 0; row < inner; row++) {
      long from = block.offset() + (long) row * block.stride() * Float.BYTES;
      Lanes.store(Lanes.load(block.memory(), from, 0), memory, at, row * COLUMNS);
    }
  }

  /** Fills columns from rows of a block. */
  private void transpose(HostTensor.Block block, int wide, long at, float[] square) {
    for (int row = 0; row < inner; row += WIDTH) {
      int high = Math.min(WIDTH, inner - row);
      Transposition.read(block, 0, row, wide, high, square);
      Transposition.transpose(square);
      for (int i = 0; i < high; i++) {
        FloatVector values = FloatVector.fromArray(SPECIES, square, i * WIDTH);
        Lanes.store(values, memory, at, (row + i) * COLUMNS);
      }
    }
  }
}
