package dev.unmask.engine.training;

import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * LLaDA's training objective (https://arxiv.org/abs/2502.09992, equation 3): each token is masked
 * with probability t, and the cross-entropies of the masked ones are weighted by 1 / t. The t of a
 * batch are stratified over (0, 1], which is less noisy than drawing each by itself.
 */
record MaskedObjective(int maskId, int windows, int length) {
  private static final double LEAST_TIME = 1e-3;

  /** Windows of a corpus, noised by the numbers of one step. */
  Batch draw(int[] corpus, Philox random) {
    Rows eachWindow = Rows.packed(IntStream.range(0, windows).toArray());
    double[][] places = random.uniform64(Purpose.WINDOW, eachWindow, 1);
    double[][] noise = random.uniform64(Purpose.NOISE, eachWindow, length);
    double shift = random.uniform64(Purpose.TIME, Rows.packed(new int[] {0}), 1)[0][0];
    int[] ids = new int[windows * length];
    int[] rows = new int[ids.length];
    int[] targets = new int[ids.length];
    float[] weights = new float[ids.length];
    int masked = 0;
    for (int i = 0; i < ids.length; i++) {
      int window = i / length;
      int start = (int) (places[window][0] * (corpus.length - length + 1));
      int token = corpus[start + i % length];
      double time = time(window, shift);
      boolean hidden = noise[window][i % length] < time;
      ids[i] = hidden ? maskId : token;
      if (hidden) {
        rows[masked] = i;
        targets[masked] = token;
        weights[masked++] = (float) (1 / (time * ids.length));
      }
    }
    return new Batch(
        ids,
        Arrays.copyOf(rows, masked),
        Arrays.copyOf(targets, masked),
        Arrays.copyOf(weights, masked));
  }

  private double time(int window, double shift) {
    double u = (shift + (double) window / windows) % 1;
    return u * (1 - LEAST_TIME) + LEAST_TIME;
  }
}
