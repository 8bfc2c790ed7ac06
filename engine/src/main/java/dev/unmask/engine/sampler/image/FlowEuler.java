package dev.unmask.engine.sampler.image;

import static dev.unmask.engine.sampler.image.ImageSettings.LEVELS;
import static dev.unmask.engine.sampler.image.ImageSettings.STEPS;
import static dev.unmask.engine.sampler.image.ImageSettings.always;
import static dev.unmask.engine.sampler.image.ImageSettings.kind;
import static dev.unmask.engine.sampler.image.ImageSettings.recorded;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Parameterization;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;
import dev.unmask.engine.sampler.api.Setting;
import java.util.List;
import java.util.function.Function;

/**
 * Euler's method on the flow from noise to image (Lipman et al. 2023,
 * https://arxiv.org/abs/2210.02747; Liu et al. 2023, https://arxiv.org/abs/2209.03003), x = (1 − σ)
 * x_0 + σ ε, along the velocity dx / dσ = ε − x_0.
 *
 * <p>Variables ↔ symbols: sigma ↔ 1 − t of the papers, whose noise is at t = 0; velocity ↔ −v.
 */
public final class FlowEuler implements ImageSampler {
  private static final Setting.Real SHIFT =
      new Setting.Real("shift", 1.0, 0.1, 20, "How much longer the steps stay among the noise");

  /** As the user meets it. */
  public static final ImageSamplerKind KIND =
      flow(
          "flow-euler",
          "Flow matching, Euler",
          "Follows the flow from noise to image in straight steps.",
          "FlowMatchEuler",
          FlowEuler::new);

  private final NoiseGrid grid;

  /** On a grid of {@link #grid}. */
  public FlowEuler(NoiseGrid grid) {
    this.grid = grid;
  }

  /**
   * From pure noise down to the cleanest trained point, and then to 0.
   *
   * @param trained T: the denoiser is told σ T
   * @param shift how much longer the steps stay among the noise (Esser et al. 2024,
   *     https://arxiv.org/abs/2403.03206, equation 23); 1 is evenly
   */
  public static NoiseGrid grid(int trained, double shift, int steps) {
    double last = shifted(1.0 / trained, shift);
    double stride = (last - 1) / Math.max(1, steps - 1);
    float[] sigmas = Pixels.each(steps, i -> (float) shifted(1 + i * stride, shift));
    return NoiseGrid.of(Pixels.each(steps, i -> sigmas[i] * trained), sigmas, 0, 1);
  }

  private static double shifted(double sigma, double shift) {
    return shift * sigma / (1 + (shift - 1) * sigma);
  }

  /** One that follows a flow, as the user meets it. */
  static ImageSamplerKind flow(
      String name,
      String title,
      String summary,
      String scheduler,
      Function<NoiseGrid, ImageSampler> constructor) {
    return kind(
        name,
        title,
        summary,
        "2210.02747",
        recorded(scheduler),
        List.of(STEPS, SHIFT),
        always(ProcessKind.FLOW),
        settings -> constructor.apply(grid(LEVELS, settings.get(SHIFT), settings.get(STEPS))));
  }

  @Override
  public int steps() {
    return grid.steps();
  }

  @Override
  public Corruption.Gaussian corruption(int step) {
    return new Corruption.Gaussian(1 - grid.sigmas()[step], grid.sigmas()[step]);
  }

  @Override
  public ImageStep step(ImageState state, float[] clean, RandomSource random) {
    float sigma = grid.sigmas()[state.step()];
    float stride = grid.sigmas()[state.step() + 1] - sigma;
    float[] x = state.x();
    float[] velocity = Parameterization.FLOW.outputs(x, clean, corruption(state.step()));
    float[] predicted = Parameterization.FLOW.clean(x, velocity, corruption(state.step()));
    // x_{i+1} = x_i + (σ_{i+1} − σ_i) dx / dσ
    float[] next = Pixels.each(x.length, i -> x[i] + stride * velocity[i]);
    return new ImageStep(predicted, state.next(next));
  }
}
