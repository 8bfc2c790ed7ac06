package dev.unmask.engine.sampler.image;

import dev.unmask.engine.InputException;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.noise.gaussian.TrainingNoise;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * How a grid is laid over the noise that a denoiser was trained with.
 *
 * @param steps K
 * @param offset added to the visited steps where {@link Spacing#LEADING}
 * @param endsAtZero whether the last σ is 0, or that of the cleanest trained step
 */
public record GridPlan(
    TrainingNoise noise,
    int steps,
    Spacing spacing,
    int offset,
    SigmaRule rule,
    boolean endsAtZero) {
  /** Checks that there are steps. */
  public GridPlan {
    if (steps < 1) {
      throw new InputException("A sampler of 0 steps does nothing; give it at least 1.");
    }
  }

  /** For solvers in σ, which may visit points between the trained steps. */
  public NoiseGrid inSigma() {
    float[] times = floats(spacing.times(noise.steps(), steps, offset));
    float[] visited = visited(times);
    float[] sigmas = rule.sigmas(visited, visited[0], visited[steps - 1]);
    float top = sigmas[0];
    float scale = spacing == Spacing.LEADING ? (float) Math.sqrt(top * top + 1) : top;
    return NoiseGrid.of(follow(times, sigmas, t -> t), sigmas, end(), scale);
  }

  /** For solvers in log SNR, which visit trained steps only. */
  public NoiseGrid inLogSnr() {
    double[] all = points();
    float[] times = Pixels.each(steps, i -> (float) all[i]);
    float[] sigmas = rule.sigmas(visited(times), top(), bottom());
    return NoiseGrid.of(follow(times, sigmas, Math::rint), sigmas, end(), 1);
  }

  /** From clean to noisy, for the inversion of a solver in log SNR. */
  public NoiseGrid inverse() {
    double[] all = points();
    float[] times = Pixels.each(steps, i -> (float) all[all.length - 1 - i]);
    float[] visited = visited(times);
    float[] falling = rule.sigmas(reversed(visited), top(), bottom());
    float[] sigmas = reversed(falling);
    return NoiseGrid.of(follow(times, sigmas, Math::rint), sigmas, top(), 1);
  }

  /** One more than are visited, unless they are counted from the end. */
  private double[] points() {
    boolean counted = spacing == Spacing.TRAILING;
    int shift = spacing == Spacing.LEADING ? offset : 0;
    return Arrays.stream(spacing.times(noise.steps(), counted ? steps : steps + 1, 0))
        .map(time -> Math.rint(time) + shift)
        .toArray();
  }

  private float top() {
    return noise.sigma(noise.steps() - 1);
  }

  private float bottom() {
    return noise.sigma(0);
  }

  private float end() {
    return endsAtZero ? 0 : bottom();
  }

  private float[] visited(float[] times) {
    return Pixels.each(times.length, i -> (float) noise.sigmaBetween(times[i]));
  }

  /** The times, or those of the σ where a rule of its own makes them. */
  private float[] follow(float[] times, float[] sigmas, DoubleUnaryOperator to) {
    return rule == SigmaRule.TRAINED
        ? times
        : Pixels.each(steps, i -> (float) to.applyAsDouble(noise.time(sigmas[i])));
  }

  private static float[] floats(double[] numbers) {
    return Pixels.each(numbers.length, i -> (float) numbers[i]);
  }

  private static float[] reversed(float[] numbers) {
    return Pixels.each(numbers.length, i -> numbers[numbers.length - 1 - i]);
  }
}
