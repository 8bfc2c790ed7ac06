package dev.unmask.engine.sampler.image;

import static dev.unmask.engine.sampler.image.ImageSettings.LEVELS;
import static dev.unmask.engine.sampler.image.ImageSettings.PROCESS;
import static dev.unmask.engine.sampler.image.ImageSettings.kind;
import static dev.unmask.engine.sampler.image.ImageSettings.levels;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.ImageProcess;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;
import dev.unmask.engine.sampler.api.Setting;
import java.util.List;

/**
 * The probability-flow ODE of a process (Song et al. 2021, https://arxiv.org/abs/2011.13456,
 * equation 13), dx / dt = α′ E[x_0 | x] + σ′ E[ε | x], in straight steps of t; the last one goes to
 * the predicted image.
 *
 * <p>Variables ↔ symbols: clean ↔ E[x_0 | x], (x − alpha clean) / sigma ↔ E[ε | x], stride ↔ Δt.
 */
public final class ProbabilityFlow implements ImageSampler {
  /** Where the steps end, as in the paper. */
  private static final double LEAST_TIME = 1e-3;

  private static final Setting.Whole STEPS = levels(200, LEVELS);

  /** As the user meets it. */
  public static final ImageSamplerKind KIND =
      kind(
          "probability-flow",
          "Score SDE, probability-flow ODE",
          "Follows the ODE that has the same distributions as the SDE, in straight steps of t.",
          "2011.13456",
          "Checked against theory: mean and variance with an exact denoiser",
          List.of(STEPS, PROCESS),
          ImageSettings::process,
          settings ->
              new ProbabilityFlow(
                  ImageSettings.process(settings).gaussian().orElseThrow(),
                  settings.get(STEPS),
                  LEAST_TIME));

  private final ImageProcess process;
  private final int points;
  private final double least;

  /**
   * On a grid that is even in t.
   *
   * @param least t of the last evaluation, above 0, where some slopes are infinite
   */
  public ProbabilityFlow(ImageProcess process, int points, double least) {
    this.process = process;
    this.points = points;
    this.least = least;
  }

  @Override
  public int steps() {
    return points;
  }

  private double continuousTime(int step) {
    return 1 - (1 - least) * step / Math.max(1, points - 1);
  }

  @Override
  public Corruption.Gaussian corruption(int step) {
    return process.at(continuousTime(step));
  }

  @Override
  public float initialScale() {
    return (float) process.sigma(1);
  }

  @Override
  public float[] noised(float[] x, float[] noise, int step) {
    return process.corrupted(x, noise, continuousTime(step));
  }

  @Override
  public ImageStep step(ImageState state, float[] clean, RandomSource random) {
    if (state.step() + 1 == points) {
      return new ImageStep(clean, state.next(clean));
    }
    double t = continuousTime(state.step());
    double stride = continuousTime(state.step() + 1) - t;
    double ofClean = stride * process.alphaSlope(t);
    double ofNoise = stride * process.sigmaSlope(t) / process.sigma(t);
    double alpha = process.alpha(t);
    float[] x = state.x();
    float[] next =
        Pixels.each(
            x.length,
            i -> (float) (x[i] + ofClean * clean[i] + ofNoise * (x[i] - alpha * clean[i])));
    return new ImageStep(clean, state.next(next));
  }
}
