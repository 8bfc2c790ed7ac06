package dev.unmask.engine.sampler.api;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.random.RandomSource;

/**
 * A reverse process of images. Its methods are pure: what must be carried from step to step is in
 * the state.
 */
public interface ImageSampler {
  /** K: the evaluations from noise to image. */
  int steps();

  /** Whether a run can start at a step: not between two that belong together. */
  default boolean canStart(int step) {
    return true;
  }

  /** What the denoiser is told of the noise at a step. */
  float time(int step);

  /** What was done to clean images to become the x of a step. */
  Corruption corruption(int step);

  /** What a start of standard normal noise is multiplied by. */
  default float initialScale() {
    return 1;
  }

  /** The x that a run starts from without an image, of standard normal noise. */
  default float[] start(float[] noise) {
    float scale = initialScale();
    return Pixels.each(noise.length, i -> noise[i] * scale);
  }

  /** A clean x as it would be at a step, given the standard normal noise. */
  float[] noised(float[] x, float[] noise, int step);

  /** What the denoiser sees of a state. */
  default float[] input(ImageState state) {
    return state.x();
  }

  /** What a denoiser of the kind that {@link #step} expects says if its x̂0 is {@code clean}. */
  float[] output(ImageState state, float[] clean);

  /**
   * Decides.
   *
   * @param output what the denoiser said, shaped as x
   */
  ImageStep step(ImageState state, float[] output, RandomSource random);
}
