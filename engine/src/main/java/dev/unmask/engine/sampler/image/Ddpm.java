package dev.unmask.engine.sampler.image;

import static dev.unmask.engine.sampler.image.ImageSettings.LEVELS;
import static dev.unmask.engine.sampler.image.ImageSettings.PROCESS;
import static dev.unmask.engine.sampler.image.ImageSettings.always;
import static dev.unmask.engine.sampler.image.ImageSettings.kind;
import static dev.unmask.engine.sampler.image.ImageSettings.levels;
import static dev.unmask.engine.sampler.image.ImageSettings.noise;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.noise.gaussian.TrainingNoise;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import java.util.List;
import java.util.Locale;

/**
 * DDPM's ancestral sampler (Ho et al. 2020, https://arxiv.org/abs/2006.11239, algorithm 2, as in
 * Sohl-Dickstein et al. 2015, https://arxiv.org/abs/1503.03585): a draw from the posterior q(x_s |
 * x_t, x̂0).
 *
 * <p>The last step is to the mean, what is clean. diffusers adds no noise at its trained step 0;
 * but where the last step is another, its variance fixed_large (β_t) leaves noise in the result,
 * which is not copied.
 *
 * <p>Variables ↔ symbols: alphaBar ↔ ᾱ_t, before ↔ ᾱ_{t−1}, alpha ↔ α_t = 1 − β_t, clean ↔ x̂0,
 * deviation ↔ σ_t.
 */
public final class Ddpm implements ImageSampler {
  private static final Setting.Choice VARIANCE =
      new Setting.Choice(
          "variance",
          "posterior",
          List.of("posterior", "beta"),
          "How much noise a step adds: as the exact posterior, or as the forward step");
  private static final Setting.Whole STEPS = levels(200, LEVELS);
  private static final Setting.Whole STEPS_OF_2015 = levels(100, LEVELS);

  /** As the user meets it. */
  public static final ImageSamplerKind KIND =
      kind(
          "ddpm",
          "DDPM",
          "Draws each step from its posterior, given the predicted image.",
          "2006.11239",
          "Equal, step by step, to recordings of diffusers' tests of DDPM; and against theory. Without"
              + " the noise that diffusers' fixed_large adds even in a last step to what is clean",
          List.of(STEPS, PROCESS, VARIANCE),
          ImageSettings::process,
          Ddpm::of);

  /** The same on the schedule of 2015. */
  public static final ImageSamplerKind OF_2015 =
      kind(
          "diffusion-2015",
          "Diffusion from thermodynamics",
          "Takes T steps of noise back one by one, of which each took away the same share of the signal.",
          "1503.03585",
          "Checked against theory: mean and variance with an exact denoiser",
          List.of(STEPS_OF_2015),
          always(ProcessKind.VP_EVEN),
          Ddpm::of2015);

  /** The variance of a step, of which the paper tries both. */
  public enum Variance {
    /** That of the posterior, the least that can be. */
    POSTERIOR,
    /** β_t, the greatest. */
    BETA
  }

  private final TrainingNoise noise;
  private final int[] times;
  private final Variance variance;

  /**
   * On a grid.
   *
   * @param times trained steps, from the noisiest
   */
  public Ddpm(TrainingNoise noise, int[] times, Variance variance) {
    this.noise = noise;
    this.times = times.clone();
    this.variance = variance;
  }

  private static Ddpm of(Settings settings) {
    TrainingNoise noise = noise(settings);
    return new Ddpm(
        noise,
        noise.evenly(settings.get(STEPS)),
        Variance.valueOf(settings.get(VARIANCE).toUpperCase(Locale.ROOT)));
  }

  private static Ddpm of2015(Settings settings) {
    int steps = settings.get(STEPS_OF_2015);
    TrainingNoise noise = TrainingNoise.reciprocal(steps);
    return new Ddpm(noise, noise.evenly(steps), Variance.POSTERIOR);
  }

  @Override
  public int steps() {
    return times.length;
  }

  @Override
  public Corruption.Gaussian corruption(int step) {
    return Corruption.Gaussian.preserving(noise.alphaBar()[times[step]]);
  }

  @Override
  public float[] noised(float[] x, float[] random, int step) {
    return Pixels.each(x.length, i -> noise.noised(x[i], random[i], times[step]));
  }

  @Override
  public ImageStep step(ImageState state, float[] clean, RandomSource random) {
    int step = state.step();
    float alphaBar = noise.alphaBar()[times[step]];
    float before = step + 1 < times.length ? noise.alphaBar()[times[step + 1]] : 1;
    float alpha = alphaBar / before;
    float[] x = state.x();
    // Equation 7: μ̃ = √ᾱ_{t−1} β_t / (1 − ᾱ_t) x̂0 + √α_t (1 − ᾱ_{t−1}) / (1 − ᾱ_t) x_t
    float ofClean = (float) Math.sqrt(before) * (1 - alpha) / (1 - alphaBar);
    float ofNoisy = (float) Math.sqrt(alpha) * (1 - before) / (1 - alphaBar);
    float[] mean = Pixels.each(x.length, i -> ofClean * clean[i] + ofNoisy * x[i]);
    if (step + 1 == times.length) {
      return new ImageStep(clean, state.next(mean));
    }
    // Equation 7: β̃_t = (1 − ᾱ_{t−1}) / (1 − ᾱ_t) β_t
    float share = variance == Variance.POSTERIOR ? (1 - before) / (1 - alphaBar) : 1;
    float deviation = (float) Math.sqrt(Math.max(share * (1 - alpha), 1e-20f));
    float[] z = Normals.draw(x.length, Purpose.NOISE, random);
    // Algorithm 2: x_{t−1} = μ + σ_t z
    return new ImageStep(clean, state.next(Pixels.each(x.length, i -> mean[i] + deviation * z[i])));
  }
}
