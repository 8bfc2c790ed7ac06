package dev.unmask.engine.random;

import dev.unmask.engine.arithmetic.EachRow;

/**
 * Philox 4x32-10 (Salmon et al. 2011, https://doi.org/10.1145/2063384.2063405): the random numbers
 * of one step, each a function of the seed (the key) and of step, position, candidate and purpose
 * (the counter). Order, threads and the rows asked for change nothing.
 */
public final class Philox implements RandomSource {
  /** Blocks that are made at a time, so few that they stay in the nearest cache. */
  private static final int BATCH = 256;

  /** Reads random numbers from a block. */
  @FunctionalInterface
  private interface Reader {
    /**
     * Reads.
     *
     * @param block of those made at a time
     * @param row that it belongs to
     * @param index of the blocks of that row
     */
    void read(PhiloxBlocks blocks, int block, int row, int index);
  }

  private final long seed;
  private final int step;

  /** The numbers of one step of the runs with this seed. */
  public Philox(long seed, int step) {
    this.seed = seed;
    this.step = step;
  }

  /** Two candidates share a block of 128 bits: each takes the upper 53 of its 64. */
  @Override
  public double[][] uniform64(Purpose purpose, Rows rows, int columns) {
    double[][] numbers = new double[rows.wanted().length][columns];
    each(
        purpose,
        rows,
        Math.ceilDiv(columns, 2),
        (blocks, block, row, index) -> {
          for (int half = 0; half < 2 && 2 * index + half < columns; half++) {
            long bits = blocks.word(block, 2 * half) << 32 | blocks.word(block, 2 * half + 1);
            numbers[row][2 * index + half] = (bits >>> 11) * 0x1p-53;
          }
        });
    return numbers;
  }

  /** Four candidates share a block of 128 bits: each takes the upper 24 of its 32. */
  @Override
  public float[][] uniform32(Purpose purpose, Rows rows, int columns) {
    float[][] numbers = new float[rows.wanted().length][columns];
    each(
        purpose,
        rows,
        Math.ceilDiv(columns, 4),
        (blocks, block, row, index) -> {
          for (int word = 0; word < 4 && 4 * index + word < columns; word++) {
            numbers[row][4 * index + word] = (blocks.word(block, word) >>> 8) * 0x1p-24f;
          }
        });
    return numbers;
  }

  /** The upper 32 of a block's bits, scaled: off from uniform by less than below / 2³². */
  @Override
  public int[] integers(Purpose purpose, Rows rows, int below) {
    int[] numbers = new int[rows.wanted().length];
    each(
        purpose,
        rows,
        1,
        (blocks, block, row, _) -> numbers[row] = (int) (blocks.word(block, 0) * below >>> 32));
    return numbers;
  }

  /** None: nothing is sequential. */
  @Override
  public long[] draws() {
    return new long[0];
  }

  /** Makes so many blocks for each row, and has them read. */
  private void each(Purpose purpose, Rows rows, int perRow, Reader reader) {
    int all = Math.multiplyExact(rows.wanted().length, perRow);
    EachRow.of(
        Math.ceilDiv(all, BATCH),
        4 * BATCH,
        batch -> {
          int first = batch * BATCH;
          int count = Math.min(BATCH, all - first);
          var blocks = new PhiloxBlocks(count);
          for (int i = 0; i < count; i++) {
            int position = rows.positions()[(first + i) / perRow];
            blocks.set(i, step, position, (first + i) % perRow, purpose.ordinal());
          }
          blocks.encrypt((int) seed, (int) (seed >>> 32));
          for (int i = 0; i < count; i++) {
            reader.read(blocks, i, (first + i) / perRow, (first + i) % perRow);
          }
        });
  }
}
