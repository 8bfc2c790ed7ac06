package dev.unmask.engine.noise;

import java.util.stream.IntStream;

/**
 * β_t = 1 − f(t) / f(t−1) with f(t) = cos((t/T + s) / (1 + s) · π/2), s = 0.008, and 0.999 at most
 * (<a href="https://arxiv.org/abs/2102.05379">Hoogeboom et al.</a>), for the uniform kernel.
 */
public record CosineBetas() implements BetaSchedule {
  private static final double OFFSET = 0.008;
  private static final double GREATEST = 0.999;

  @Override
  public double[] betas(int steps) {
    return IntStream.rangeClosed(1, steps)
        .mapToDouble(t -> Math.min(1 - kept(t, steps) / kept(t - 1, steps), GREATEST))
        .toArray();
  }

  private static double kept(double t, int steps) {
    return Math.cos((t / steps + OFFSET) / (1 + OFFSET) * Math.PI / 2);
  }
}
