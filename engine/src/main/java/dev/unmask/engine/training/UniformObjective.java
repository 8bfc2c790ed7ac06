package dev.unmask.engine.training;

import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Denoising of uniform noise (D3PM, https://arxiv.org/abs/2107.03006): with probability t a token
 * is replaced by any of the vocabulary, all equally probable, and every position is asked for the
 * clean one. The network is to say what is known without the token that stands at the position;
 * what that token itself tells, log q(x_t | x_0), is known and added to its logits. The
 * cross-entropies of a window are weighted by 1 / t, as the bound weights them up to a constant for
 * small t; the t of a batch are stratified.
 */
record UniformObjective(int vocabulary) implements Objective {
  /** Below it weights would be too large for the few tokens that are replaced. */
  static final double LEAST_TIME = 0.02;

  @Override
  public Batch draw(int[][] windows, Philox random) {
    int length = windows[0].length;
    Rows each = Rows.packed(IntStream.range(0, windows.length).toArray());
    double[][] chances = random.uniform64(Purpose.NOISE, each, 2 * length);
    double shift = random.uniform64(Purpose.TIME, Rows.packed(new int[] {0}), 1)[0][0];
    int[] targets = Arrays.stream(windows).flatMapToInt(Arrays::stream).toArray();
    int[] ids = targets.clone();
    float[] weights = new float[ids.length];
    float[] evidence = new float[ids.length];
    double[] times = new double[windows.length];
    for (int window = 0; window < windows.length; window++) {
      double t = time((shift + (double) window / windows.length) % 1);
      times[window] = t;
      for (int i = 0; i < length; i++) {
        int row = window * length + i;
        if (chances[window][2 * i] < t) {
          ids[row] = (int) (chances[window][2 * i + 1] * vocabulary);
        }
        weights[row] = (float) (1 / (t * ids.length));
        evidence[row] = (float) evidence(t);
      }
    }
    return new Batch(
        ids, IntStream.range(0, ids.length).toArray(), targets, weights, times, evidence);
  }

  private static double time(double u) {
    return LEAST_TIME + (1 - LEAST_TIME) * u;
  }

  /** log q(x_t = x | x_0 = x) − log q(x_t = x | x_0 ≠ x). */
  private double evidence(double t) {
    return StrictMath.log1p((1 - t) * vocabulary / t);
  }

  @Override
  public AttentionPattern pattern(int length) {
    return AttentionPattern.all(length);
  }
}
