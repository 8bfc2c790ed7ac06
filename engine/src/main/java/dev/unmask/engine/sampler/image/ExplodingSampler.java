package dev.unmask.engine.sampler.image;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageState;

/** What the samplers share that work on x = x_0 + σ ε. */
abstract class ExplodingSampler implements ImageSampler {
  private final NoiseGrid grid;
  private final Conditioning conditioning;

  ExplodingSampler(NoiseGrid grid, Conditioning conditioning) {
    this.grid = grid;
    this.conditioning = conditioning;
  }

  @Override
  public int steps() {
    return grid.steps();
  }

  @Override
  public float time(int step) {
    return grid.times()[step];
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
  public float[] noised(float[] x, float[] noise, int step) {
    float sigma = sigma(step);
    return Pixels.each(x.length, i -> x[i] + noise[i] * sigma);
  }

  @Override
  public float[] input(ImageState state) {
    float size = conditioning.size(sigma(state.step()));
    return Pixels.each(state.x().length, i -> state.x()[i] / size);
  }

  @Override
  public Corruption corruption(int step) {
    return new Corruption.Gaussian(1, sigma(step));
  }

  @Override
  public float[] output(ImageState state, float[] clean) {
    float[] x = state.x();
    float sigma = sigma(state.step());
    return Pixels.each(x.length, i -> conditioning.output(x[i], clean[i], sigma));
  }

  /** x̂0. */
  float[] predicted(float[] x, float[] output, float sigma) {
    return Pixels.each(x.length, i -> conditioning.x0(x[i], output[i], sigma));
  }

  /** dx / dσ = (x − x̂0) / σ. */
  static float[] slope(float[] x, float[] predicted, float sigma) {
    return Pixels.each(x.length, i -> (x[i] - predicted[i]) / sigma);
  }

  /** x after a straight step. */
  static float[] along(float[] x, float[] slope, float stride) {
    return Pixels.each(x.length, i -> x[i] + slope[i] * stride);
  }
}
