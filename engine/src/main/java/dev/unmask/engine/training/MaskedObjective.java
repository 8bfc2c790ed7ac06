package dev.unmask.engine.training;

import java.util.Arrays;

/**
 * LLaDA's training objective (https://arxiv.org/abs/2502.09992, equation 3): each token is masked
 * with probability t, and the cross-entropies of the masked ones are weighted by 1 / t. The t of a
 * batch are stratified over (0, 1], which is less noisy than drawing each by itself.
 */
record MaskedObjective(int maskId, int windows, int length) {
  private static final double LEAST_TIME = 1e-3;

  /** Windows of a corpus, noised; the numbers drawn are those of {@code random} from 0 on. */
  Batch draw(int[] corpus, CounterRandom random) {
    int[] clean = new int[windows * length];
    for (int window = 0; window < windows; window++) {
      int start = (int) (random.uniform(1 + window) * (corpus.length - length + 1));
      System.arraycopy(corpus, start, clean, window * length, length);
    }
    return noise(clean, random, 1 + windows);
  }

  /**
   * Masks tokens.
   *
   * @param random number 0 and the numbers from {@code first} on are drawn
   */
  private Batch noise(int[] clean, CounterRandom random, int first) {
    int[] ids = clean.clone();
    int[] rows = new int[clean.length];
    float[] weights = new float[clean.length];
    int masked = 0;
    for (int i = 0; i < clean.length; i++) {
      double time = time(i / length, random.uniform(0));
      if (random.uniform(first + i) < time) {
        ids[i] = maskId;
        rows[masked] = i;
        weights[masked++] = (float) (1 / (time * clean.length));
      }
    }
    int[] kept = Arrays.copyOf(rows, masked);
    int[] targets = Arrays.stream(kept).map(row -> clean[row]).toArray();
    return new Batch(ids, kept, targets, Arrays.copyOf(weights, masked));
  }

  private double time(int window, double shift) {
    double u = (shift + (double) window / windows) % 1;
    return u * (1 - LEAST_TIME) + LEAST_TIME;
  }
}
