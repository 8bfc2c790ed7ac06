package dev.unmask.engine.training;

import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * LLaDA's bound (https://arxiv.org/abs/2502.09992) as its equation 6 writes it, which is less noisy
 * than equation 3 and has the same mean: of a window's n tokens l are masked, l uniform in 1 to n,
 * and the mean of their cross-entropies is the loss. The l of a batch are stratified.
 */
record MaskedObjective(int maskId) implements Objective {
  @Override
  public Batch draw(int[][] windows, Philox random) {
    int length = windows[0].length;
    Rows each = Rows.packed(IntStream.range(0, windows.length).toArray());
    double[][] order = random.uniform64(Purpose.NOISE, each, length);
    double shift = random.uniform64(Purpose.TIME, Rows.packed(new int[] {0}), 1)[0][0];
    int[] ids = Arrays.stream(windows).flatMapToInt(Arrays::stream).toArray();
    int[] targets = new int[ids.length];
    int[] rows = new int[ids.length];
    float[] weights = new float[ids.length];
    int asked = 0;
    for (int window = 0; window < windows.length; window++) {
      double stratum = (shift + (double) window / windows.length) % 1;
      int[] places = Masks.draw(order[window], 0, length, stratum);
      for (int place : places) {
        int row = window * length + place;
        rows[asked] = row;
        targets[asked] = ids[row];
        weights[asked++] = 1f / (places.length * windows.length);
        ids[row] = maskId;
      }
    }
    return new Batch(
        ids,
        Arrays.copyOf(rows, asked),
        Arrays.copyOf(targets, asked),
        Arrays.copyOf(weights, asked));
  }

  @Override
  public AttentionPattern pattern(int length) {
    return AttentionPattern.all(length);
  }
}
