package dev.unmask.engine.sampler.image;

import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;
import java.util.List;

/**
 * Heun's method on the probability-flow ODE in σ (Karras et al. 2022,
 * https://arxiv.org/abs/2206.00364, algorithm 1): after each step of Euler's, its end is evaluated
 * too and the step taken again with the mean of both slopes; the last step, to σ = 0, is not.
 *
 * <p>Variables ↔ symbols: sigma ↔ t_i, clean ↔ D, first ↔ d_i, slope at an odd step ↔ d′_i.
 */
public final class Heun extends VeSampler {
  /** As the user meets it. */
  public static final ImageSamplerKind KIND =
      inSigma(
          "heun",
          "Heun",
          "Takes each step of Euler's again with the mean of the slopes at both of its ends.",
          "HeunDiscrete",
          grid -> new Heun(grid));

  /** Corrects each step but the last of a grid. */
  public Heun(NoiseGrid grid) {
    super(grid.twice());
  }

  @Override
  public boolean canStart(int step) {
    return step % 2 == 0;
  }

  @Override
  public int remembersFrom(int step) {
    return step - step % 2;
  }

  /** σ where a step evaluates: an odd one at the end of the step before. */
  @Override
  float sigma(int step) {
    return super.sigma((step + 1) / 2);
  }

  @Override
  public ImageStep step(ImageState state, float[] clean, RandomSource random) {
    int step = state.step();
    float sigma = sigma(step);
    float[] slope = slope(state.x(), clean, sigma);
    if (step % 2 == 0) {
      float[] reached = along(state.x(), slope, sigma(step + 1) - sigma);
      return new ImageStep(clean, state.next(reached, List.of(slope, state.x())));
    }
    float[] first = state.history().get(0);
    float[] mean = Pixels.each(slope.length, i -> (first[i] + slope[i]) / 2);
    // x_{i+1} = x_i + (t_{i+1} − t_i) (d_i / 2 + d′_i / 2)
    float[] corrected = along(state.history().get(1), mean, sigma - sigma(step - 1));
    return new ImageStep(clean, state.next(corrected));
  }
}
