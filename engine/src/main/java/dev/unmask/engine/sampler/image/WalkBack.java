package dev.unmask.engine.sampler.image;

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
import java.util.List;

/**
 * The chain of a denoising autoencoder (Bengio et al. 2013, https://arxiv.org/abs/1305.6663,
 * algorithm 1): corrupt, denoise, and again. The chain visits images as often as the training did
 * if x̂0 is drawn; if it is a mean, the chain stays nearer to it.
 *
 * <p>Variables ↔ symbols: x ↔ X̃_t, clean ↔ X_t, a draw from P(X | X̃_t); noised(…) ↔ C(X̃ | X_t).
 */
public final class WalkBack implements ImageSampler {
  private static final Setting.Choice DAMAGE =
      new Setting.Choice(
          "noise",
          "masking",
          List.of("masking", "gaussian"),
          "Whether pixels are made black, or Gaussian noise is added");
  private static final Setting.Real SHARE =
      new Setting.Real("share", 0.3, 0.01, 0.999, "Of masking: how many pixels are made black");
  private static final Setting.Real SIGMA =
      new Setting.Real("sigma", 0.5, 0.01, 50, "Of Gaussian noise: its standard deviation");
  private static final Setting.Whole STEPS = levels(100, 10_000);

  /** As the user meets it. */
  public static final ImageSamplerKind KIND =
      kind(
          "walk-back",
          "Walk-back of a denoising autoencoder",
          "Corrupts and denoises in turn, for ever at one level of noise. An approximation: means instead of draws keep the chain near the middle.",
          "1305.6663",
          "Checked against theory: the variance of the chain with an exact denoiser",
          List.of(STEPS, DAMAGE, SHARE, SIGMA),
          settings -> isMasking(settings) ? ProcessKind.MASKING : ProcessKind.VE,
          settings ->
              isMasking(settings)
                  ? masking(settings.get(SHARE), settings.get(STEPS))
                  : new WalkBack(settings.get(SIGMA), settings.get(STEPS)));

  private final Corruption corruption;
  private final int steps;

  /** With one corruption for all steps: Gaussian noise. */
  public WalkBack(double sigma, int steps) {
    this(new Corruption.Gaussian(1, sigma), steps);
  }

  private WalkBack(Corruption corruption, int steps) {
    this.corruption = corruption;
    this.steps = steps;
  }

  /**
   * With the masks of 2008 (https://doi.org/10.1145/1390156.1390294): some pixels are black, and
   * the denoiser is not told how many.
   *
   * @param share of the pixels, in (0, 1)
   */
  public static WalkBack masking(double share, int steps) {
    return new WalkBack(new Corruption.Masking(share), steps);
  }

  private static boolean isMasking(Settings settings) {
    return settings.get(DAMAGE).equals("masking");
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public Corruption corruption(int step) {
    return corruption;
  }

  @Override
  public float[] noised(float[] x, float[] noise, int step) {
    return corruption.of(x, noise);
  }

  /** Noise as an image, corrupted. */
  @Override
  public float[] start(float[] noise) {
    return noised(Pixels.each(noise.length, i -> Math.clamp(noise[i], -1, 1)), noise, 0);
  }

  /** X̃_{t+1} ~ C(X̃ | X_t); the last step does not corrupt again. */
  @Override
  public ImageStep step(ImageState state, float[] clean, RandomSource random) {
    if (state.step() + 1 == steps) {
      return new ImageStep(clean, state.next(clean));
    }
    float[] noise = Normals.draw(clean.length, Purpose.NOISE, random);
    return new ImageStep(clean, state.next(noised(clean, noise, state.step() + 1)));
  }
}
