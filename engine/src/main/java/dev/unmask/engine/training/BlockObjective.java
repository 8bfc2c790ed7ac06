package dev.unmask.engine.training;

import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Block diffusion (BD3-LM, https://arxiv.org/abs/2503.09573, equation 8): each block is masked by
 * itself and is to be filled in behind the clean blocks before it. All blocks of a window are
 * trained at once: the network sees the masked window and the clean one. As in {@link
 * MaskedObjective}, l of a block's tokens are masked, l uniform; the l of a batch are stratified.
 *
 * @param size positions of a block
 */
record BlockObjective(int maskId, int size) implements Objective {
  @Override
  public Batch draw(int[][] windows, Philox random) {
    int length = windows[0].length;
    int count = windows.length * length;
    Rows each = Rows.packed(IntStream.range(0, windows.length).toArray());
    double[][] order = random.uniform64(Purpose.NOISE, each, length);
    double shift = random.uniform64(Purpose.TIME, Rows.packed(new int[] {0}), 1)[0][0];
    int[] ids = Arrays.stream(windows).flatMapToInt(BlockObjective::twice).toArray();
    int[] rows = new int[count];
    int[] targets = new int[count];
    float[] weights = new float[count];
    int asked = 0;
    for (int start = 0; start < count; start += size) {
      int window = start / length;
      double stratum = (shift + (double) start / count) % 1;
      int[] places = Masks.draw(order[window], start % length, start % length + size, stratum);
      for (int place : places) {
        int row = 2 * window * length + place;
        rows[asked] = row;
        targets[asked] = ids[row];
        weights[asked++] = (float) size / (places.length * count);
        ids[row] = maskId;
      }
    }
    return new Batch(
        ids,
        Arrays.copyOf(rows, asked),
        Arrays.copyOf(targets, asked),
        Arrays.copyOf(weights, asked));
  }

  /** To be masked, and clean. */
  private static IntStream twice(int[] window) {
    return IntStream.concat(Arrays.stream(window), Arrays.stream(window));
  }

  @Override
  public AttentionPattern pattern(int length) {
    return AttentionPattern.blocks(length, size);
  }
}
