package dev.unmask.engine.sampler.image;

import static dev.unmask.engine.sampler.image.ImageSettings.LEVELS;
import static dev.unmask.engine.sampler.image.ImageSettings.always;
import static dev.unmask.engine.sampler.image.ImageSettings.kind;
import static dev.unmask.engine.sampler.image.ImageSettings.levels;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Parameterization;
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
import java.util.List;

/**
 * Annealed Langevin dynamics (NCSN, Song and Ermon 2019, https://arxiv.org/abs/1907.05600,
 * algorithm 1): at each σ, from the greatest to the least, some steps along the score with noise,
 * in size proportional to σ².
 *
 * <p>Variables ↔ symbols: sigmas ↔ σ_1 … σ_L, stepsEach ↔ T, size ↔ ε, stride ↔ α_i, score ↔ s.
 */
public final class AnnealedLangevin implements ImageSampler {
  private static final Setting.Whole STEPS = levels(40, LEVELS);
  private static final Setting.Whole EACH =
      new Setting.Whole("steps-each", 5, 1, 1000, "Langevin steps at each level");
  private static final Setting.Real SIGMA_MAX =
      new Setting.Real("sigma-max", 50.0, 0.1, 1000, "The greatest noise");
  private static final Setting.Real SIGMA_MIN =
      new Setting.Real("sigma-min", 0.01, 1e-4, 0.1, "The least noise");
  private static final Setting.Real STEP_SIZE =
      new Setting.Real("step-size", 2e-5, 1e-8, 0.01, "Of a step at the least noise");

  /** As the user meets it. */
  public static final ImageSamplerKind KIND =
      kind(
          "annealed-langevin",
          "Annealed Langevin dynamics (NCSN)",
          "Climbs the score with fresh noise, some steps at each level, from the greatest to the"
              + " least.",
          "1907.05600",
          "Checked against theory: mean and variance with an exact denoiser",
          List.of(STEPS, EACH, SIGMA_MAX, SIGMA_MIN, STEP_SIZE),
          always(ProcessKind.VE),
          settings ->
              new AnnealedLangevin(
                  settings.get(SIGMA_MAX),
                  settings.get(SIGMA_MIN),
                  settings.get(STEPS),
                  settings.get(EACH),
                  settings.get(STEP_SIZE)));

  private final float[] sigmas;
  private final int stepsEach;
  private final double size;

  /**
   * Over σ that fall geometrically.
   *
   * @param stepsEach steps at each σ
   * @param size ε, the step's size at the least σ
   */
  public AnnealedLangevin(double greatest, double least, int levels, int stepsEach, double size) {
    double ratio = StrictMath.log(least / greatest) / Math.max(1, levels - 1);
    this.sigmas = Pixels.each(levels, i -> (float) (greatest * StrictMath.exp(ratio * i)));
    this.stepsEach = stepsEach;
    this.size = size;
  }

  @Override
  public int steps() {
    return sigmas.length * stepsEach;
  }

  @Override
  public Corruption.Gaussian corruption(int step) {
    return new Corruption.Gaussian(1, sigmas[step / stepsEach]);
  }

  @Override
  public float initialScale() {
    return sigmas[0];
  }

  @Override
  public ImageStep step(ImageState state, float[] clean, RandomSource random) {
    Corruption.Gaussian corruption = corruption(state.step());
    float sigma = (float) corruption.sigma();
    float least = sigmas[sigmas.length - 1];
    // α_i = ε σ_i² / σ_L²
    float stride = (float) (size * sigma * sigma / (least * least));
    float spread = (float) Math.sqrt(stride);
    float[] x = state.x();
    float[] score = Parameterization.SCORE.outputs(x, clean, corruption);
    float[] z = Normals.draw(x.length, Purpose.NOISE, random);
    // x̃_t = x̃_{t−1} + α_i / 2 s(x̃_{t−1}, σ_i) + √α_i z_t
    float[] next = Pixels.each(x.length, i -> x[i] + stride / 2 * score[i] + spread * z[i]);
    return new ImageStep(Parameterization.SCORE.clean(x, score, corruption), state.next(next));
  }
}
