package dev.unmask.engine.sampler.image;

import static dev.unmask.engine.sampler.image.ImageSettings.CLEAN;
import static dev.unmask.engine.sampler.image.ImageSettings.inSigma;

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
 */
public final class Heun extends ExplodingSampler {
  /** As the user meets it. */
  public static final ImageSamplerKind KIND =
      inSigma(
          "heun",
          "Heun",
          "Takes each step of Euler's again with the mean of the slopes at both of its ends.",
          "HeunDiscrete",
          grid -> new Heun(grid, CLEAN));

  /** Corrects each step but the last of a grid. */
  public Heun(NoiseGrid grid, Conditioning conditioning) {
    super(grid.twice(), conditioning);
  }

  @Override
  public boolean canStart(int step) {
    return step % 2 == 0;
  }

  /** σ where a step evaluates: an odd one at the end of the step before. */
  @Override
  float sigma(int step) {
    return super.sigma((step + 1) / 2);
  }

  @Override
  public ImageStep step(ImageState state, float[] output, RandomSource random) {
    int step = state.step();
    float sigma = sigma(step);
    float[] predicted = predicted(state.x(), output, sigma);
    float[] slope = slope(state.x(), predicted, sigma);
    if (step % 2 == 0) {
      float[] reached = along(state.x(), slope, sigma(step + 1) - sigma);
      return new ImageStep(predicted, state.next(reached, List.of(slope, state.x())));
    }
    float[] first = state.history().get(0);
    float[] mean = Pixels.each(slope.length, i -> (first[i] + slope[i]) / 2);
    float[] corrected = along(state.history().get(1), mean, sigma - sigma(step - 1));
    return new ImageStep(predicted, state.next(corrected));
  }
}
