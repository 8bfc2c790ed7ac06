package dev.unmask.engine.sampler.image;

import static dev.unmask.engine.sampler.image.ImageSettings.LEVELS;
import static dev.unmask.engine.sampler.image.ImageSettings.always;
import static dev.unmask.engine.sampler.image.ImageSettings.kind;
import static dev.unmask.engine.sampler.image.ImageSettings.levels;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.image.GridPlan.SigmaRule;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Multistep consistency sampling (Song et al. 2023, https://arxiv.org/abs/2303.01469, algorithm 1):
 * each step predicts the image and noises it again, less than before.
 *
 * <p>Variables ↔ symbols: predicted ↔ f(x̂_τ, τ), the sigmas of the grid ↔ T > τ_1 > …, least ↔ ε.
 */
public final class Consistency implements ImageSampler {
  private static final Setting.Whole STEPS = levels(4, 200);
  private static final double GREATEST = 80;
  private static final double LEAST = 0.002;
  private static final double RHO = 7;

  /** σ_data, the standard deviation of images. */
  public static final float SIGMA_DATA = 0.5f;

  /** As the user meets it. */
  public static final ImageSamplerKind KIND =
      kind(
          "consistency",
          "Consistency, multistep",
          "Predicts the image from a great noise, adds less, and predicts again. An approximation,"
              + " but with a consistency model.",
          "2303.01469",
          "Equal, step by step, to recordings of diffusers' tests of CMStochasticIterative",
          List.of(STEPS),
          always(ProcessKind.VE),
          Consistency::of);

  private final NoiseGrid grid;
  private final float least;
  private final Preconditioning preconditioning;

  /**
   * On a grid.
   *
   * @param least the σ of what counts as clean
   */
  public Consistency(NoiseGrid grid, double least) {
    this.grid = grid;
    this.least = (float) least;
    this.preconditioning = new Preconditioning(SIGMA_DATA, this.least);
  }

  /**
   * A grid over the σ that a model was trained with.
   *
   * @param visited trained steps, of {@code trained}, from the noisiest
   */
  public static NoiseGrid grid(
      double greatest, double least, double rho, int trained, int[] visited) {
    float[] all = SigmaRule.karras(greatest, least, rho, trained);
    float[] sigmas = Pixels.each(visited.length, i -> all[trained - 1 - visited[i]]);
    float[] times =
        Pixels.each(sigmas.length, i -> (float) (250 * StrictMath.log(sigmas[i] + 1e-44)));
    return NoiseGrid.of(times, sigmas, (float) least, (float) greatest);
  }

  private static Consistency of(Settings settings) {
    int steps = settings.get(STEPS);
    int[] visited =
        IntStream.range(0, steps).map(i -> (LEVELS * (steps - i)) / steps - 1).toArray();
    return new Consistency(grid(GREATEST, LEAST, RHO, LEVELS, visited), LEAST);
  }

  @Override
  public int steps() {
    return grid.steps();
  }

  @Override
  public Corruption corruption(int step) {
    return new Corruption.Gaussian(1, grid.sigmas()[step]);
  }

  @Override
  public float initialScale() {
    return grid.initialScale();
  }

  @Override
  public ImageStep step(ImageState state, float[] clean, RandomSource random) {
    float[] x = state.x();
    float[] predicted = preconditioning.rounded(x, clean, grid.sigmas()[state.step()]);
    if (steps() == 1) {
      return new ImageStep(predicted, state.next(predicted));
    }
    float next = Math.max(grid.sigmas()[state.step() + 1], least);
    float up = (float) Math.sqrt(next * next - least * least);
    float[] z = Normals.draw(x.length, Purpose.NOISE, random);
    // x̂_τ = x̂0 + √(τ² − ε²) z
    return new ImageStep(
        predicted, state.next(Pixels.each(x.length, i -> predicted[i] + z[i] * up)));
  }
}
