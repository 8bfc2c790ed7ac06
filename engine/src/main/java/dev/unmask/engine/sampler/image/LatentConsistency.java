package dev.unmask.engine.sampler.image;

import static dev.unmask.engine.sampler.image.ImageSettings.LEVELS;
import static dev.unmask.engine.sampler.image.ImageSettings.PROCESS;
import static dev.unmask.engine.sampler.image.ImageSettings.kind;
import static dev.unmask.engine.sampler.image.ImageSettings.levels;
import static dev.unmask.engine.sampler.image.ImageSettings.noise;

import dev.unmask.engine.InputException;
import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.noise.gaussian.TrainingNoise;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;
import dev.unmask.engine.sampler.api.Setting;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sampling of latent consistency models (Luo et al. 2023, https://arxiv.org/abs/2310.04378): each
 * step predicts the image, kept near x where there is little noise, and noises it again.
 *
 * <p>Variables ↔ symbols: clean ↔ x̂0, predicted ↔ f(x_t, t), skip ↔ c_skip(t), out ↔ c_out(t).
 */
public final class LatentConsistency implements ImageSampler {
  private static final Setting.Whole STEPS = levels(4, 50);
  private static final Setting.Real TIME_SCALE =
      new Setting.Real("time-scale", 10.0, 0.1, 1000, "How soon x̂0 departs from x as t rises");

  /** As the user meets it. */
  public static final ImageSamplerKind KIND =
      kind(
          "lcm",
          "Latent consistency",
          "Predicts the image at once, and noises it again, less each time. An approximation, but with a consistency model.",
          "2310.04378",
          "Equal, step by step, to recordings of diffusers' tests of LCM",
          List.of(STEPS, PROCESS, TIME_SCALE),
          ImageSettings::process,
          settings ->
              new LatentConsistency(
                  noise(settings),
                  times(LEVELS, 50, settings.get(STEPS)),
                  settings.get(TIME_SCALE)));

  private static final float SIGMA_DATA = 0.5f;

  private final TrainingNoise noise;
  private final int[] times;
  private final float timeScale;

  /**
   * On a grid.
   *
   * @param times trained steps, from the noisiest
   * @param timeScale how fast x̂0 departs from x as time rises
   */
  public LatentConsistency(TrainingNoise noise, int[] times, double timeScale) {
    this.noise = noise;
    this.times = times.clone();
    this.timeScale = (float) timeScale;
  }

  /**
   * The grid: of {@code distilled} steps that the model was distilled for, so many.
   *
   * @param steps at least 1
   * @throws InputException if there are not so many
   */
  public static int[] times(int trained, int distilled, int steps) {
    if (steps > distilled || distilled > trained) {
      throw new InputException(
          "A latent consistency model distilled for %d of %d steps cannot take %d; lower the steps."
              .formatted(distilled, trained, steps));
    }
    int stride = trained / distilled;
    return IntStream.range(0, steps)
        .map(i -> (int) Math.floor((double) i * distilled / steps))
        .map(i -> (distilled - i) * stride - 1)
        .toArray();
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
    float scaled = times[state.step()] * timeScale;
    float variance = scaled * scaled + SIGMA_DATA * SIGMA_DATA;
    float skip = SIGMA_DATA * SIGMA_DATA / variance;
    float out = scaled / (float) Math.sqrt(variance);
    float[] x = state.x();
    // f(x_t, t) = c_skip(t) x_t + c_out(t) x̂0
    float[] predicted = Pixels.each(x.length, i -> out * clean[i] + skip * x[i]);
    if (state.step() + 1 == times.length) {
      return new ImageStep(predicted, state.next(predicted));
    }
    float[] z = Normals.draw(x.length, Purpose.NOISE, random);
    return new ImageStep(predicted, state.next(noised(predicted, z, state.step() + 1)));
  }
}
