package dev.unmask.engine.sampler.image;

import static dev.unmask.engine.sampler.image.ImageSettings.flow;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;

/**
 * Euler's method on the flow from noise to image (Lipman et al. 2023,
 * https://arxiv.org/abs/2210.02747; Liu et al. 2023, https://arxiv.org/abs/2209.03003): the
 * denoiser gives the velocity dx / dσ = ε − x_0.
 */
public final class FlowEuler implements ImageSampler {
  /** As the user meets it. */
  public static final ImageSamplerKind KIND =
      flow(
          "flow-euler",
          "Flow matching, Euler",
          "Follows the flow from noise to image in straight steps.",
          "FlowMatchEuler",
          FlowEuler::new);

  private final NoiseGrid grid;

  /** On a grid of {@link FlowGrid}. */
  public FlowEuler(NoiseGrid grid) {
    this.grid = grid;
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
  public Corruption corruption(int step) {
    return new Corruption.Gaussian(1 - grid.sigmas()[step], grid.sigmas()[step]);
  }

  /** ε − x_0 is (x − x_0) / σ. */
  @Override
  public float[] output(ImageState state, float[] clean) {
    float[] x = state.x();
    float sigma = grid.sigmas()[state.step()];
    return Pixels.each(x.length, i -> (x[i] - clean[i]) / sigma);
  }

  @Override
  public float[] noised(float[] x, float[] noise, int step) {
    float sigma = grid.sigmas()[step];
    return Pixels.each(x.length, i -> (1 - sigma) * x[i] + sigma * noise[i]);
  }

  @Override
  public ImageStep step(ImageState state, float[] output, RandomSource random) {
    float sigma = grid.sigmas()[state.step()];
    float stride = grid.sigmas()[state.step() + 1] - sigma;
    float[] x = state.x();
    float[] predicted = Pixels.each(x.length, i -> x[i] - sigma * output[i]);
    float[] next = Pixels.each(x.length, i -> x[i] + stride * output[i]);
    return new ImageStep(predicted, state.next(next));
  }
}
