package dev.unmask.engine.training;

import dev.unmask.engine.random.Philox;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Autoregression: each token is asked for where the one before it stands; the first of a window
 * where the end token of an earlier document would stand.
 */
record CausalObjective(int endId) implements Objective {
  @Override
  public Batch draw(int[][] windows, Philox random) {
    int length = windows[0].length;
    int[] targets = Arrays.stream(windows).flatMapToInt(Arrays::stream).toArray();
    int[] ids = new int[targets.length];
    float[] weights = new float[targets.length];
    for (int row = 0; row < ids.length; row++) {
      ids[row] = row % length == 0 ? endId : targets[row - 1];
    }
    Arrays.fill(weights, 1f / targets.length);
    return new Batch(ids, IntStream.range(0, ids.length).toArray(), targets, weights);
  }

  @Override
  public AttentionPattern pattern(int length) {
    return AttentionPattern.before(length);
  }
}
