package dev.unmask.engine.sampler.image;

import static dev.unmask.engine.sampler.image.FlowEuler.flow;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Parameterization;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;
import java.util.List;

/**
 * Heun's method on the flow from noise to image: after each step of {@link FlowEuler}, its end is
 * evaluated too and the step taken again with the mean of both velocities; the last one is not.
 *
 * <p>Variables ↔ symbols: first ↔ dx / dσ where a step begins, velocity at an odd step ↔ where it
 * ends.
 */
public final class FlowHeun implements ImageSampler {
  /** As the user meets it. */
  public static final ImageSamplerKind KIND =
      flow(
          "flow-heun",
          "Flow matching, Heun",
          "Takes each step of the flow again with the mean of the velocities at both of its ends.",
          "FlowMatchHeun",
          FlowHeun::new);

  private final NoiseGrid grid;

  /** Corrects each step but the last of a grid of {@link FlowEuler#grid}. */
  public FlowHeun(NoiseGrid grid) {
    this.grid = grid.twice();
  }

  @Override
  public int steps() {
    return grid.steps();
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
  private float sigma(int step) {
    return grid.sigmas()[(step + 1) / 2];
  }

  @Override
  public Corruption.Gaussian corruption(int step) {
    return new Corruption.Gaussian(1 - sigma(step), sigma(step));
  }

  @Override
  public ImageStep step(ImageState state, float[] clean, RandomSource random) {
    int step = state.step();
    float sigma = sigma(step);
    float[] x = state.x();
    float[] velocity = Parameterization.FLOW.outputs(x, clean, corruption(state.step()));
    float[] predicted = Parameterization.FLOW.clean(x, velocity, corruption(state.step()));
    if (step % 2 == 0) {
      float stride = sigma(step + 1) - sigma;
      float[] reached = Pixels.each(x.length, i -> x[i] + stride * velocity[i]);
      return new ImageStep(predicted, state.next(reached, List.of(velocity, x)));
    }
    float[] first = state.history().get(0);
    float[] from = state.history().get(1);
    float stride = sigma - sigma(step - 1);
    float[] corrected = Pixels.each(x.length, i -> from[i] + stride * (first[i] + velocity[i]) / 2);
    return new ImageStep(predicted, state.next(corrected));
  }
}
