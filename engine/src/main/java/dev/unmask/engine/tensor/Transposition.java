package dev.unmask.engine.tensor;

import static dev.unmask.engine.tensor.Lanes.SPECIES;
import static dev.unmask.engine.tensor.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Transposes a square of as many rows as a register has lanes, by exchanging ever smaller blocks.
 */
final class Transposition {
  private static final VectorShuffle<Float> PARTNERS_BY_8 = partners(8);
  private static final VectorShuffle<Float> PARTNERS_BY_4 = partners(4);
  private static final VectorShuffle<Float> PARTNERS_BY_2 = partners(2);
  private static final VectorShuffle<Float> PARTNERS_BY_1 = partners(1);
  private static final VectorMask<Float> UPPER_BY_8 = upper(8);
  private static final VectorMask<Float> UPPER_BY_4 = upper(4);
  private static final VectorMask<Float> UPPER_BY_2 = upper(2);
  private static final VectorMask<Float> UPPER_BY_1 = upper(1);

  private Transposition() {}

  /**
   * Reads a block into a square, and zeros beside and below it.
   *
   * @param row of the block's memory, the first that is read
   * @param column likewise
   * @param high rows, at most WIDTH
   * @param wide columns, at most WIDTH
   */
  static void read(
      HostTensor.Block block, int row, int column, int high, int wide, float[] square) {
    for (int i = 0; i < WIDTH; i++) {
      FloatVector values = FloatVector.zero(SPECIES);
      if (i < high) {
        long at = block.offset() + ((long) (row + i) * block.stride() + column) * Float.BYTES;
        values =
            wide == WIDTH
                ? Lanes.load(block.memory(), at, 0)
                : Lanes.load(block.memory(), at, 0, SPECIES.indexInRange(0, wide));
      }
      values.intoArray(square, i * WIDTH);
    }
  }

  /** In place; {@code square} holds WIDTH rows of WIDTH values. */
  static void transpose(float[] square) {
    if (ProductKernels.compiled()) {
      byVectors(square);
    } else {
      plainly(square);
    }
  }

  static void plainly(float[] square) {
    for (int row = 1; row < WIDTH; row++) {
      for (int column = 0; column < row; column++) {
        float above = square[column * WIDTH + row];
        square[column * WIDTH + row] = square[row * WIDTH + column];
        square[row * WIDTH + column] = above;
      }
    }
  }

  static void byVectors(float[] square) {
    if (WIDTH > 8) {
      exchange(square, 8, PARTNERS_BY_8, UPPER_BY_8);
    }
    if (WIDTH > 4) {
      exchange(square, 4, PARTNERS_BY_4, UPPER_BY_4);
    }
    exchange(square, 2, PARTNERS_BY_2, UPPER_BY_2);
    exchange(square, 1, PARTNERS_BY_1, UPPER_BY_1);
  }

  /** In each block of 2 half × 2 half values the upper right quarter against the lower left. */
  private static void exchange(
      float[] square, int half, VectorShuffle<Float> partners, VectorMask<Float> upper) {
    for (int block = 0; block < WIDTH; block += 2 * half) {
      for (int row = block; row < block + half; row++) {
        FloatVector first = FloatVector.fromArray(SPECIES, square, row * WIDTH);
        FloatVector second = FloatVector.fromArray(SPECIES, square, (row + half) * WIDTH);
        first.blend(second.rearrange(partners), upper).intoArray(square, row * WIDTH);
        first.rearrange(partners).blend(second, upper).intoArray(square, (row + half) * WIDTH);
      }
    }
  }

  /** Lane i takes that of lane i xor half. */
  private static VectorShuffle<Float> partners(int half) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ half) % WIDTH);
  }

  /** The lanes whose index has the bit of half. */
  private static VectorMask<Float> upper(int half) {
    boolean[] has = new boolean[WIDTH];
    for (int lane = 0; lane < WIDTH; lane++) {
      has[lane] = (lane & half) != 0;
    }
    return VectorMask.fromArray(SPECIES, has, 0);
  }
}
