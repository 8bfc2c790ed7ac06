package dev.unmask.engine.sampler.image;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.sampler.api.ImageState;

/**
 * Where a solver in log SNR works: x = α x_0 + σ ε along a grid, and how x̂0 is read there.
 *
 * @param conditioning EDM's has α = 1, all others α² + σ² = 1
 */
record SignalSpace(NoiseGrid grid, Conditioning conditioning, Clipping clipping) {
  /** α of a point. */
  double alpha(int point) {
    double sigma = grid.sigmas()[point];
    return conditioning instanceof Conditioning.Edm ? 1 : 1 / Math.sqrt(sigma * sigma + 1);
  }

  /** σ of a point. */
  double sigma(int point) {
    return grid.sigmas()[point] * alpha(point);
  }

  /** λ = ln (α / σ). */
  double lambda(int point) {
    return -Math.log(grid.sigmas()[point]);
  }

  float[] noised(float[] x, float[] noise, int point) {
    float alpha = (float) alpha(point);
    float sigma = (float) sigma(point);
    return Pixels.each(x.length, i -> alpha * x[i] + sigma * noise[i]);
  }

  Corruption corruption(int point) {
    return new Corruption.Gaussian(alpha(point), sigma(point));
  }

  /** The output whose x̂0 is {@code clean}. */
  float[] output(ImageState state, float[] clean) {
    float[] x = state.x();
    float alpha = (float) alpha(state.step());
    float size = grid.sigmas()[state.step()];
    return Pixels.each(x.length, i -> conditioning.output(x[i] / alpha, clean[i], size));
  }

  /** x̂0. */
  float[] predicted(ImageState state, float[] output) {
    float[] x = state.x();
    float alpha = (float) alpha(state.step());
    float size = grid.sigmas()[state.step()];
    float[] raw = Pixels.each(x.length, i -> conditioning.x0(x[i] / alpha, output[i], size));
    return clipping.apply(raw, state.images());
  }

  /** The noise that belongs to an x̂0. */
  float[] noise(ImageState state, float[] predicted) {
    float[] x = state.x();
    double alpha = alpha(state.step());
    double sigma = sigma(state.step());
    return Pixels.each(x.length, i -> (float) ((x[i] - alpha * predicted[i]) / sigma));
  }
}
