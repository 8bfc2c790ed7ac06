package dev.unmask.engine.sampler.image;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.sampler.api.ImageSampler;

/** What the samplers share that work on x = x_0 + σ ε. */
abstract class ExplodingSampler implements ImageSampler {
  private final NoiseGrid grid;

  ExplodingSampler(NoiseGrid grid) {
    this.grid = grid;
  }

  @Override
  public int steps() {
    return grid.steps();
  }

  @Override
  public float initialScale() {
    return grid.initialScale();
  }

  /** σ of a step. */
  float sigma(int step) {
    return grid.sigmas()[step];
  }

  @Override
  public Corruption corruption(int step) {
    return new Corruption.Gaussian(1, sigma(step));
  }

  /** dx / dσ = (x − x̂0) / σ. */
  static float[] slope(float[] x, float[] clean, float sigma) {
    return Pixels.each(x.length, i -> (x[i] - clean[i]) / sigma);
  }

  /** x after a straight step. */
  static float[] along(float[] x, float[] slope, float stride) {
    return Pixels.each(x.length, i -> x[i] + slope[i] * stride);
  }
}
