package dev.unmask.engine.sampler.image;

import static dev.unmask.engine.sampler.image.ImageSettings.CLEAN;
import static dev.unmask.engine.sampler.image.ImageSettings.inSigma;

import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;

/**
 * Euler's method on the probability-flow ODE in σ (Karras et al. 2022,
 * https://arxiv.org/abs/2206.00364, algorithm 1 of first order), also with EDM's conditioning.
 */
public final class Euler extends ExplodingSampler {
  /** As the user meets it. */
  public static final ImageSamplerKind KIND =
      inSigma(
          "euler",
          "Euler",
          "Follows the probability-flow ODE in straight steps of σ.",
          "EulerDiscrete",
          grid -> new Euler(grid, CLEAN));

  /** On a grid. */
  public Euler(NoiseGrid grid, Conditioning conditioning) {
    super(grid, conditioning);
  }

  @Override
  public ImageStep step(ImageState state, float[] output, RandomSource random) {
    float sigma = sigma(state.step());
    float[] predicted = predicted(state.x(), output, sigma);
    float[] slope = slope(state.x(), predicted, sigma);
    float stride = sigma(state.step() + 1) - sigma;
    return new ImageStep(predicted, state.next(along(state.x(), slope, stride)));
  }
}
