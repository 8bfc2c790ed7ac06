package dev.unmask.engine.sampler.image;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Parameterization;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;

/**
 * The predictor-corrector sampler of the variance-exploding SDE (Song et al. 2021,
 * https://arxiv.org/abs/2011.13456, algorithms 2 and 4): at each σ some steps of Langevin's, and
 * then one reverse diffusion step. The denoiser gives scores and is told σ.
 */
public final class PredictorCorrector implements ImageSampler {
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
  public float continuousTime(int step) {
    int point = step / (setup.corrections() + 1);
    float stride = ((float) setup.eps() - 1) / Math.max(1, points - 1);
    return point < points / 2
        ? 1 + stride * point
        : (float) setup.eps() - stride * (points - 1 - point);
  }

  @Override
  public float time(int step) {
    double ratio = setup.greatest() / setup.least();
    return (float) (setup.least() * Math.pow(ratio, continuousTime(step)));
  }

  @Override
  public Corruption.Gaussian corruption(int step) {
    return new Corruption.Gaussian(1, time(step));
  }

  @Override
  public float[] output(ImageState state, float[] clean) {
    return Parameterization.SCORE.outputs(state.x(), clean, corruption(state.step()));
  }

  @Override
  public float initialScale() {
    return (float) setup.greatest();
  }

  @Override
  public float[] noised(float[] x, float[] noise, int step) {
    float sigma = time(step);
    return Pixels.each(x.length, i -> x[i] + noise[i] * sigma);
  }

  @Override
  public ImageStep step(ImageState state, float[] output, RandomSource random) {
    float[] x = state.x();
    float sigma = time(state.step());
    float[] predicted =
        Pixels.each(x.length, i -> Parameterization.SCORE.x0(x[i], output[i], 1, sigma));
    float[] noise = Normals.draw(x.length, Purpose.NOISE, random);
    boolean corrects = state.step() % (setup.corrections() + 1) < setup.corrections();
    float[] next = corrects ? corrected(state, output, noise) : diffused(state, output, noise);
    return new ImageStep(predicted, state.next(next));
  }

  private float[] corrected(ImageState state, float[] score, float[] noise) {
    double ratio =
        setup.signalToNoise() * norm(noise, state.images()) / norm(score, state.images());
    float size = (float) (2 * ratio * ratio);
    float spread = (float) Math.sqrt(2 * size);
    float[] x = state.x();
    return Pixels.each(x.length, i -> x[i] + size * score[i] + spread * noise[i]);
  }

  private float[] diffused(ImageState state, float[] score, float[] noise) {
    int place = (int) (continuousTime(state.step()) * (points - 1));
    double sigma = discrete(place);
    double below = place == 0 ? 0 : discrete(place - 1);
    float variance = (float) (sigma * sigma - below * below);
    float spread = (float) Math.sqrt(variance);
    float[] x = state.x();
    return Pixels.each(x.length, i -> x[i] + variance * score[i] + spread * noise[i]);
  }

  /** The σ of the reverse diffusion, evenly in ln σ, the least first. */
  private double discrete(int place) {
    double ratio = setup.greatest() / setup.least();
    return setup.least() * Math.pow(ratio, (double) place / Math.max(1, points - 1));
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
