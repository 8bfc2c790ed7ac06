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

  /** The step since which a state at a step remembers what there was; that step if it does not. */
  default int remembersFrom(int step) {
    return step;
  }

  /** What was done to clean images to become the x of a step, as its denoiser is told. */
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

  /** A clean x as it would be at a step, given the standard normal noise; in float32, as steps. */
  default float[] noised(float[] x, float[] noise, int step) {
    return switch (corruption(step)) {
      case Corruption.Gaussian at -> {
        float alpha = (float) at.alpha();
        float sigma = (float) at.sigma();
        yield Pixels.each(x.length, i -> alpha * x[i] + sigma * noise[i]);
      }
      case Corruption.Masking masking -> masking.of(x, noise);
    };
  }

  /**
   * Decides.
   *
   * @param clean x̂0 as the denoiser says, shaped as x
   */
  ImageStep step(ImageState state, float[] clean, RandomSource random);
}
