package dev.unmask.engine.sampler.image;

import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;

/**
 * Euler's method on the probability-flow ODE in σ (Karras et al. 2022,
 * https://arxiv.org/abs/2206.00364, algorithm 1 of first order).
 *
 * <p>Variables ↔ symbols: sigma ↔ t_i, clean ↔ D(x_i; t_i), slope ↔ d_i = (x_i − D) / t_i.
 */
public final class Euler extends VeSampler {
  /** As the user meets it. */
  public static final ImageSamplerKind KIND =
      inSigma(
          "euler",
          "Euler",
          "Follows the probability-flow ODE in straight steps of σ.",
          "EulerDiscrete",
          grid -> new Euler(grid));

  /** On a grid. */
  public Euler(NoiseGrid grid) {
    super(grid);
  }

  @Override
  public ImageStep step(ImageState state, float[] clean, RandomSource random) {
    float sigma = sigma(state.step());
    float[] slope = slope(state.x(), clean, sigma);
    float stride = sigma(state.step() + 1) - sigma;
    // x_{i+1} = x_i + (t_{i+1} − t_i) d_i
    return new ImageStep(clean, state.next(along(state.x(), slope, stride)));
  }
}
