package dev.unmask.engine.reference.recordings;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Parameterization;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.image.Clipping;
import dev.unmask.engine.sampler.image.NoiseGrid;
import dev.unmask.engine.sampler.image.Preconditioning;

/**
 * What one of diffusers' schedulers does: a sampler here, and how that library reads the network
 * that it asks.
 *
 * @param times what the network is told at each step
 * @param clipping of x̂0
 */
record Scheduler(ImageSampler sampler, float[] times, Network network, Clipping clipping) {
  /** How a network sees images, and how x̂0 is read from what it says. */
  interface Network {
    /** What it is shown of the x of a step. */
    default float[] seen(float[] x, int step) {
      return x;
    }

    /** x̂0. */
    float[] clean(float[] x, float[] said, int step);
  }

  /** One whose network is shown x as it is. */
  static Scheduler plain(
      ImageSampler sampler, float[] times, Parameterization output, Clipping clipping) {
    return new Scheduler(
        sampler, times, (x, said, step) -> output.clean(x, said, at(sampler, step)), clipping);
  }

  /** The same of a solver in log SNR, with α and σ as that library rounds them. */
  static Scheduler inLogSnr(
      ImageSampler sampler, NoiseGrid grid, Parameterization output, Clipping clipping) {
    return new Scheduler(
        sampler,
        grid.times(),
        (x, said, step) -> output.clean(x, said, preserving(grid.sigmas()[step])),
        clipping);
  }

  /** One on x = x_0 + σ ε, whose network is shown x scaled to where α² + σ² = 1. */
  static Scheduler inSigma(ImageSampler sampler, NoiseGrid grid, Parameterization output) {
    Network network =
        new Network() {
          private float sigma(int step) {
            return (float) at(sampler, step).sigma();
          }

          @Override
          public float[] seen(float[] x, int step) {
            float size = size(sigma(step));
            return Pixels.each(x.length, i -> x[i] / size);
          }

          @Override
          public float[] clean(float[] x, float[] said, int step) {
            return output.clean(seen(x, step), said, preserving(sigma(step)));
          }
        };
    return new Scheduler(sampler, grid.times(), network, Clipping.NONE);
  }

  private static float size(float sigma) {
    return (float) Math.sqrt(sigma * sigma + 1);
  }

  /** α and σ where α² + σ² = 1, of σ / α. */
  private static Corruption.Gaussian preserving(float ratio) {
    float alpha = 1 / size(ratio);
    return new Corruption.Gaussian(alpha, alpha * ratio);
  }

  /**
   * One on x = x_0 + σ ε, whose network's output is mixed with x.
   *
   * @param sign of the output
   * @param isScaled whether the network is shown x scaled, or as it is
   */
  static Scheduler preconditioned(
      ImageSampler sampler,
      NoiseGrid grid,
      Preconditioning preconditioning,
      float sign,
      boolean isScaled,
      Clipping clipping) {
    Network network =
        new Network() {
          @Override
          public float[] seen(float[] x, int step) {
            float size = isScaled ? preconditioning.size(grid.sigmas()[step]) : 1;
            return Pixels.each(x.length, i -> x[i] / size);
          }

          @Override
          public float[] clean(float[] x, float[] said, int step) {
            float[] output = Pixels.each(said.length, i -> sign * said[i]);
            return preconditioning.clean(x, output, grid.sigmas()[step]);
          }
        };
    return new Scheduler(sampler, grid.times(), network, clipping);
  }

  /** What was done to the x of a step. */
  private static Corruption.Gaussian at(ImageSampler sampler, int step) {
    return (Corruption.Gaussian) sampler.corruption(step);
  }
}
