package dev.unmask.engine.sampler.image;

import dev.unmask.engine.noise.gaussian.Pixels;

/** Grids of flow matching, x = (1 − σ) x_0 + σ ε. */
public final class FlowGrid {
  private FlowGrid() {}

  /**
   * From pure noise down to the cleanest trained point, and then to 0.
   *
   * @param trained T: the denoiser is told σ T
   * @param shift how much longer the steps stay among the noise (Esser et al. 2024,
   *     https://arxiv.org/abs/2403.03206, equation 23); 1 is evenly
   */
  public static NoiseGrid of(int trained, double shift, int steps) {
    double last = shifted(1.0 / trained, shift);
    double stride = (last - 1) / Math.max(1, steps - 1);
    float[] sigmas = Pixels.each(steps, i -> (float) shifted(1 + i * stride, shift));
    return NoiseGrid.of(Pixels.each(steps, i -> sigmas[i] * trained), sigmas, 0, 1);
  }

  private static double shifted(double sigma, double shift) {
    return shift * sigma / (1 + (shift - 1) * sigma);
  }
}
