package dev.unmask.engine.noise;

import java.util.stream.IntStream;

/**
 * β_t = 1 / (T − t + 1) (<a href="https://arxiv.org/abs/1503.03585">Sohl-Dickstein et al.</a>), for
 * the absorbing kernel: the masked share grows by 1/T in each step.
 */
public record ReciprocalBetas() implements BetaSchedule {
  @Override
  public double[] betas(int steps) {
    return IntStream.rangeClosed(1, steps).mapToDouble(t -> 1.0 / (steps - t + 1)).toArray();
  }
}
