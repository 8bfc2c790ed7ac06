package dev.unmask.engine.noise;

import java.util.stream.IntStream;

/**
 * From one β to another in equal steps (<a href="https://arxiv.org/abs/2006.11239">DDPM</a>), for
 * the Gaussian kernel.
 *
 * @param first β_1
 * @param last β_T, unless T = 1
 */
public record LinearBetas(double first, double last) implements BetaSchedule {
  @Override
  public double[] betas(int steps) {
    double increase = (last - first) / Math.max(1, steps - 1);
    return IntStream.range(0, steps).mapToDouble(i -> first + i * increase).toArray();
  }
}
