package dev.unmask.engine.sampler.image;

import static dev.unmask.engine.sampler.image.ImageSettings.PROCESS;
import static dev.unmask.engine.sampler.image.ImageSettings.STEPS;
import static dev.unmask.engine.sampler.image.ImageSettings.kind;
import static dev.unmask.engine.sampler.image.ImageSettings.noise;
import static dev.unmask.engine.sampler.image.ImageSettings.times;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Parameterization;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.noise.gaussian.TrainingNoise;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageSamplerKind.Beginning;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

/**
 * DDIM (Song et al. 2021, https://arxiv.org/abs/2010.02502, equation 12), and its inversion on a
 * grid from clean to noisy: x̂0 is noised again with the predicted noise, and with fresh noise as
 * far as η says.
 *
 * <p>A step leads to the next of the times. In diffusers it leads to t − T // n, for T trained and
 * n taken steps, which is another one where the times are not that far apart; that is not copied.
 *
 * <p>Variables ↔ symbols: now ↔ ᾱ_t, next ↔ ᾱ_s (the paper's α_τ_i and α_τ_{i−1}), clean ↔ x̂0,
 * noise ↔ ε̂, eta ↔ η, fresh ↔ σ_t.
 */
public final class Ddim implements ImageSampler {
  private static final Setting.Real ETA =
      new Setting.Real("eta", 0.0, 0, 1, "From 0, without fresh noise, to 1, as DDPM");

  /** As the user meets it. */
  public static final ImageSamplerKind KIND =
      kind(
          "ddim",
          "DDIM",
          "Noises the predicted image again with the predicted noise.",
          "2010.02502",
          "Equal, step by step, to recordings of diffusers' tests of DDIM; and against theory. Each"
              + " step leads to the next time, where diffusers goes down by T // n even if n steps do"
              + " not divide the grid",
          List.of(STEPS, PROCESS, ETA),
          ImageSettings::process,
          settings ->
              sampling(noise(settings), times(settings), 1, Clipping.NONE, settings.get(ETA)));

  /** Its inversion. */
  public static final ImageSamplerKind INVERSION =
      new ImageSamplerKind(
          "ddim-inversion",
          "DDIM, inverted",
          "Finds the noise from which DDIM would make an image, by going its way backwards.",
          URI.create("https://arxiv.org/abs/2010.02502"),
          "Equal, step by step, to recordings of diffusers' tests of DDIMInverse; and back again",
          List.of(STEPS, PROCESS),
          Beginning.IMAGE,
          ImageSettings::process,
          Ddim::inversion);

  /** ᾱ of the points, one more than there are steps. */
  private final float[] alphaBar;

  /** ᾱ of what the denoiser is told at each step. */
  private final float[] told;

  private final Clipping clipping;
  private final float eta;

  private Ddim(float[] alphaBar, float[] told, Clipping clipping, double eta) {
    this.alphaBar = alphaBar;
    this.told = told;
    this.clipping = clipping;
    this.eta = (float) eta;
  }

  /**
   * From noise to image.
   *
   * @param times trained steps, from the noisiest
   * @param end ᾱ where the last step leads, 1 for no noise at all
   * @param eta from 0, without fresh noise, to 1, as DDPM
   */
  public static Ddim sampling(
      TrainingNoise noise, int[] times, float end, Clipping clipping, double eta) {
    float[] told = at(noise, times);
    float[] alphaBar = Pixels.each(times.length + 1, i -> i < times.length ? told[i] : end);
    return new Ddim(alphaBar, told, clipping, eta);
  }

  /**
   * From image to noise: a step's denoiser is told the time that the step leads to.
   *
   * @param times trained steps, from the cleanest
   * @param start ᾱ where the first step begins
   */
  public static Ddim inverting(TrainingNoise noise, int[] times, float start, Clipping clipping) {
    float[] told = at(noise, times);
    float[] alphaBar = Pixels.each(times.length + 1, i -> i == 0 ? start : told[i - 1]);
    return new Ddim(alphaBar, told, clipping, 0);
  }

  private static float[] at(TrainingNoise noise, int[] times) {
    return Pixels.each(times.length, i -> noise.alphaBar()[times[i]]);
  }

  private static Ddim inversion(Settings settings) {
    int[] falling = times(settings);
    int[] rising =
        IntStream.range(0, falling.length).map(i -> falling[falling.length - 1 - i]).toArray();
    return inverting(noise(settings), rising, 1, Clipping.NONE);
  }

  @Override
  public int steps() {
    return told.length;
  }

  /** As the denoiser is told. */
  @Override
  public Corruption.Gaussian corruption(int step) {
    return Corruption.Gaussian.preserving(told[step]);
  }

  @Override
  public float[] noised(float[] x, float[] noise, int step) {
    float alpha = (float) Math.sqrt(alphaBar[step]);
    float sigma = (float) Math.sqrt(1 - alphaBar[step]);
    return Pixels.each(x.length, i -> alpha * x[i] + sigma * noise[i]);
  }

  @Override
  public ImageStep step(ImageState state, float[] clean, RandomSource random) {
    int step = state.step();
    float now = alphaBar[step];
    float next = alphaBar[step + 1];
    float alpha = (float) Math.sqrt(now);
    float sigma = (float) Math.sqrt(1 - now);
    float[] x = state.x();
    // ε̂ belongs to the noise that the denoiser was told: in an inversion, to that of the step's
    // end
    boolean inverts = told[step] != now;
    float[] noise =
        inverts
            ? Parameterization.NOISE.outputs(x, clean, corruption(step))
            : Pixels.each(x.length, i -> (x[i] - alpha * clean[i]) / sigma);
    float[] raw = inverts ? Pixels.each(x.length, i -> (x[i] - sigma * noise[i]) / alpha) : clean;
    float[] predicted = clipping.apply(raw, state.images());
    // Equation 16: σ_t = η √((1 − ᾱ_s) / (1 − ᾱ_t)) √(1 − ᾱ_t / ᾱ_s)
    double variance = (double) (1 - next) / (1 - now) * (1 - now / next);
    float fresh = eta * (float) Math.sqrt(Math.max(0, variance));
    float towards = (float) Math.sqrt(1 - next - fresh * fresh);
    float keep = (float) Math.sqrt(next);
    // Equation 12: x_s = √ᾱ_s x̂0 + √(1 − ᾱ_s − σ_t²) ε̂ + σ_t z
    float[] moved = Pixels.each(x.length, i -> keep * predicted[i] + towards * noise[i]);
    if (fresh == 0) {
      return new ImageStep(predicted, state.next(moved));
    }
    float[] z = Normals.draw(x.length, Purpose.NOISE, random);
    return new ImageStep(
        predicted, state.next(Pixels.each(x.length, i -> moved[i] + fresh * z[i])));
  }
}
