package dev.unmask.engine.tensor;

import static dev.unmask.engine.tensor.Lanes.SPECIES;
import static dev.unmask.engine.tensor.Lanes.WIDTH;
import static dev.unmask.engine.tensor.ProductKernels.INNER;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.unmask.engine.tensor.Products.Operand;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The left side of a product as {@link ProductKernels} reads it: part after part of the inner
 * index, in each part row after row, so that rows are equally far apart whatever matrix they come
 * from.
 */
final class LeftSide {
  private float[] values = {};
  private int rows;

  /** Makes room for so many rows, which are then packed. */
  void reserve(int rows, int inner) {
    this.rows = rows;
    // The kernels read rows in groups, and so beyond the last one.
    int padded = rows + ProductKernels.MOST_ROWS;
    int needed = Math.multiplyExact(padded, Math.ceilDiv(inner, INNER) * INNER);
    if (values.length < needed) {
      values = new float[needed];
    }
  }

  float[] values() {
    return values;
  }

  /** Where a row's part begins that holds the inner index {@code from}. */
  int at(int row, int from) {
    return (from / INNER * (rows + ProductKernels.MOST_ROWS) + row) * INNER;
  }

  /** Copies rows {@code first} to {@code end} − 1 of a matrix whose row 0 is this one's. */
  void pack(Operand x, int first, int end, int inner, float[] square) {
    for (int from = 0; from < inner; from += INNER) {
      int length = Math.min(INNER, inner - from);
      if (x.transposed()) {
        transpose(x.from(first, from).block(), at(first, from), end - first, length, square);
      } else {
        for (int row = first; row < end; row++) {
          HostTensor.Block block = x.from(row, from).block();
          MemorySegment.copy(
              block.memory(), JAVA_FLOAT, block.offset(), values, at(row, from), length);
        }
      }
    }
  }

  /** Copies values to a row, from a column on. */
  void copy(MemorySegment from, long offset, int row, int column, int count) {
    for (int done = 0; done < count; ) {
      int place = (column + done) % INNER;
      int length = Math.min(count - done, INNER - place);
      long at = offset + (long) done * Float.BYTES;
      MemorySegment.copy(from, JAVA_FLOAT, at, values, at(row, column + done) + place, length);
      done += length;
    }
  }

  /** The same value so often in a row, from a column on. */
  void fill(int row, int column, int count, float value) {
    for (int done = 0; done < count; ) {
      int place = (column + done) % INNER;
      int length = Math.min(count - done, INNER - place);
      int at = at(row, column + done) + place;
      Arrays.fill(values, at, at + length, value);
      done += length;
    }
  }

  /** Fills rows from columns of a block. */
  private void transpose(HostTensor.Block block, int at, int count, int length, float[] square) {
    for (int row = 0; row < count; row += WIDTH) {
      int wide = Math.min(WIDTH, count - row);
      for (int i = 0; i < length; i += WIDTH) {
        int high = Math.min(WIDTH, length - i);
        Transposition.read(block, i, row, high, wide, square);
        Transposition.transpose(square);
        for (int j = 0; j < wide; j++) {
          FloatVector.fromArray(SPECIES, square, j * WIDTH)
              .intoArray(values, at + (row + j) * INNER + i);
        }
      }
    }
  }
}
