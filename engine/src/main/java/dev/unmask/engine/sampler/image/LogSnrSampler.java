package dev.unmask.engine.sampler.image;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.sampler.api.ImageSampler;

/**
 * What the samplers share that solve the probability-flow ODE in λ = ln (α / σ), half the logarithm
 * of the signal-to-noise ratio, where x = α x_0 + σ ε.
 */
abstract class LogSnrSampler implements ImageSampler {
  private final NoiseGrid grid;
  private final boolean isPreserving;

  /**
   * On a grid of σ / α.
   *
   * @param isPreserving whether α² + σ² = 1, or α = 1
   */
  LogSnrSampler(NoiseGrid grid, boolean isPreserving) {
    this.grid = grid;
    this.isPreserving = isPreserving;
  }

  @Override
  public int steps() {
    return grid.steps();
  }

  @Override
  public Corruption corruption(int step) {
    return new Corruption.Gaussian(alpha(step), sigma(step));
  }

  @Override
  public float initialScale() {
    return grid.initialScale();
  }

  /** α of a point. */
  double alpha(int point) {
    double ratio = grid.sigmas()[point];
    return isPreserving ? 1 / Math.sqrt(ratio * ratio + 1) : 1;
  }

  /** σ of a point. */
  double sigma(int point) {
    return grid.sigmas()[point] * alpha(point);
  }

  /** λ of a point; infinite where there is no noise. */
  double lambda(int point) {
    return -StrictMath.log(grid.sigmas()[point]);
  }
}
