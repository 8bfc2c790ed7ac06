package dev.unmask.engine.sampler.image;

import static dev.unmask.engine.sampler.image.ImageSettings.PROCESS;
import static dev.unmask.engine.sampler.image.ImageSettings.STEPS;
import static dev.unmask.engine.sampler.image.ImageSettings.kind;
import static dev.unmask.engine.sampler.image.ImageSettings.plan;
import static dev.unmask.engine.sampler.image.ImageSettings.recorded;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.image.GridPlan.SigmaRule;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What the samplers share that work on x = x_0 + σ ε. */
abstract class VeSampler implements ImageSampler {
  private static final Setting.Choice SIGMAS =
      new Setting.Choice(
          "sigmas",
          "karras",
          List.of("trained", "karras", "exponential"),
          "How the noise falls: as the process says, evenly in its 7th root, or in its logarithm");

  private final NoiseGrid grid;

  VeSampler(NoiseGrid grid) {
    this.grid = grid;
  }

  /** One as the user meets it, on a grid that the settings lay. */
  static ImageSamplerKind inSigma(
      String name,
      String title,
      String summary,
      String scheduler,
      Function<NoiseGrid, ImageSampler> constructor) {
    return kind(
        name,
        title,
        summary,
        "2206.00364",
        recorded(scheduler),
        List.of(STEPS, PROCESS, SIGMAS),
        ImageSettings::process,
        settings -> constructor.apply(plan(settings, rule(settings)).inSigma()));
  }

  private static SigmaRule rule(Settings settings) {
    return SigmaRule.valueOf(settings.get(SIGMAS).toUpperCase(Locale.ROOT));
  }

  @Override
  public int steps() {
    return grid.steps();
  }

  @Override
  public float initialScale() {
    return grid.initialScale();
  }

  /** σ of a step. */
  float sigma(int step) {
    return grid.sigmas()[step];
  }

  @Override
  public Corruption corruption(int step) {
    return new Corruption.Gaussian(1, sigma(step));
  }

  /** dx / dσ = (x − x̂0) / σ. */
  static float[] slope(float[] x, float[] clean, float sigma) {
    return Pixels.each(x.length, i -> (x[i] - clean[i]) / sigma);
  }

  /** x after a straight step. */
  static float[] along(float[] x, float[] slope, float stride) {
    return Pixels.each(x.length, i -> x[i] + slope[i] * stride);
  }
}
