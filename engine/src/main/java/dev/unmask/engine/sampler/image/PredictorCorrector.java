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
 * The predictor-corrector sampler of the variance-exploding SDE (Song et al. 2021,
 * https://arxiv.org/abs/2011.13456, algorithms 2 and 4): at each σ some steps of Langevin's, and
 * then one reverse diffusion step.
 *
 * <p>Variables ↔ symbols: score ↔ s(x, σ_i), corrections ↔ M, signalToNoise ↔ r, size ↔ ε.
 */
public final class PredictorCorrector implements ImageSampler {
  /** Where the steps end, as in the paper. */
  private static final double LEAST_TIME = 1e-5;

  private static final Setting.Whole STEPS = levels(200, LEVELS);
  private static final Setting.Whole CORRECTIONS =
      new Setting.Whole("corrections", 1, 0, 10, "Langevin steps at each level");
  private static final Setting.Real SIGNAL_TO_NOISE =
      new Setting.Real("snr", 0.16, 0.001, 1, "How long those are");

  /** As the user meets it. */
  public static final ImageSamplerKind KIND =
      kind(
          "predictor-corrector",
          "Score SDE, predictor-corrector",
          "Takes Langevin steps at each level, and one step of the reverse SDE to the next.",
          "2011.13456",
          "Equal, step by step, to recordings of diffusers' tests of ScoreSdeVe; and against"
              + " theory",
          List.of(STEPS, CORRECTIONS, SIGNAL_TO_NOISE),
          always(ProcessKind.VE),
          settings ->
              new PredictorCorrector(
                  new Setup(
                      50,
                      0.01,
                      LEAST_TIME,
                      settings.get(CORRECTIONS),
                      settings.get(SIGNAL_TO_NOISE)),
                  settings.get(STEPS)));

  /**
   * What it is made of.
   *
   * @param greatest σ at t = 1
   * @param least σ at t = 0
   * @param eps the time at which the steps end
   * @param corrections Langevin steps at each σ
   * @param signalToNoise how long those are
   */
  public record Setup(
      double greatest, double least, double eps, int corrections, double signalToNoise) {}

  private final Setup setup;
  private final int points;

  /** So many σ. */
  public PredictorCorrector(Setup setup, int points) {
    this.setup = setup;
    this.points = points;
  }

  @Override
  public int steps() {
    return points * (setup.corrections() + 1);
  }

  @Override
  public boolean canStart(int step) {
    return step % (setup.corrections() + 1) == 0;
  }

  /** t, from 1 down. */
  private float continuousTime(int step) {
    int point = step / (setup.corrections() + 1);
    float stride = ((float) setup.eps() - 1) / Math.max(1, points - 1);
    return point < points / 2
        ? 1 + stride * point
        : (float) setup.eps() - stride * (points - 1 - point);
  }

  @Override
  public Corruption.Gaussian corruption(int step) {
    double ratio = setup.greatest() / setup.least();
    return new Corruption.Gaussian(
        1, (float) (setup.least() * StrictMath.pow(ratio, continuousTime(step))));
  }

  @Override
  public float initialScale() {
    return (float) setup.greatest();
  }

  @Override
  public ImageStep step(ImageState state, float[] clean, RandomSource random) {
    float[] x = state.x();
    Corruption.Gaussian corruption = corruption(state.step());
    float[] score = Parameterization.SCORE.outputs(x, clean, corruption);
    float[] z = Normals.draw(x.length, Purpose.NOISE, random);
    boolean corrects = state.step() % (setup.corrections() + 1) < setup.corrections();
    float[] next = corrects ? corrected(state, score, z) : diffused(state, score, z);
    return new ImageStep(Parameterization.SCORE.clean(x, score, corruption), state.next(next));
  }

  /** x + ε s + √(2 ε) z with ε = 2 (r ‖z‖ / ‖s‖)². */
  private float[] corrected(ImageState state, float[] score, float[] z) {
    double ratio = setup.signalToNoise() * norm(z, state.images()) / norm(score, state.images());
    float size = (float) (2 * ratio * ratio);
    float spread = (float) Math.sqrt(2 * size);
    float[] x = state.x();
    return Pixels.each(x.length, i -> x[i] + size * score[i] + spread * z[i]);
  }

  /** x + (σ_{i+1}² − σ_i²) s + √(σ_{i+1}² − σ_i²) z. */
  private float[] diffused(ImageState state, float[] score, float[] z) {
    int place = (int) (continuousTime(state.step()) * (points - 1));
    double sigma = discrete(place);
    double below = place == 0 ? 0 : discrete(place - 1);
    float variance = (float) (sigma * sigma - below * below);
    float spread = (float) Math.sqrt(variance);
    float[] x = state.x();
    return Pixels.each(x.length, i -> x[i] + variance * score[i] + spread * z[i]);
  }

  /** The σ of the reverse diffusion, evenly in ln σ, the least first. */
  private double discrete(int place) {
    double ratio = setup.greatest() / setup.least();
    return setup.least() * StrictMath.pow(ratio, (double) place / Math.max(1, points - 1));
  }

  /** The mean length of an image. */
  private static double norm(float[] values, int images) {
    int size = values.length / images;
    double sum = 0;
    for (int image = 0; image < images; image++) {
      double squares = 0;
      for (int i = image * size; i < (image + 1) * size; i++) {
        squares += (double) values[i] * values[i];
      }
      sum += Math.sqrt(squares);
    }
    return sum / images;
  }
}
