package dev.unmask.engine.sampler.image;

import dev.unmask.engine.InputException;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.noise.gaussian.TrainingNoise;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

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
  /**
   * Which of the T steps that a denoiser was trained with a sampler visits (Lin et al. 2024,
   * https://arxiv.org/abs/2305.08891, table 2), the noisiest first.
   */
  public enum Spacing {
    /** From the last to the first, both included. */
    LINSPACE {
      @Override
      double[] times(int trained, int count, int offset) {
        double stride = (trained - 1.0) / Math.max(1, count - 1);
        return descending(count, i -> i * stride);
      }
    },
    /** Multiples of a whole number from 0 on. */
    LEADING {
      @Override
      double[] times(int trained, int count, int offset) {
        int stride = trained / count;
        return descending(count, i -> i * stride + offset);
      }
    },
    /** Backwards from the last. */
    TRAILING {
      @Override
      double[] times(int trained, int count, int offset) {
        double stride = (double) trained / count;
        return descending(count, i -> Math.rint((i + 1) * stride) - 1);
      }
    };

    /** So many steps, counted from 0; may lie between two. */
    abstract double[] times(int trained, int count, int offset);

    private static double[] descending(int count, IntToDoubleFunction time) {
      return IntStream.range(0, count).map(i -> count - 1 - i).mapToDouble(time).toArray();
    }
  }

  /** How σ falls along a grid. */
  public enum SigmaRule {
    /** As it does at the visited steps of the training. */
    TRAINED {
      @Override
      float[] sigmas(float[] visited, double greatest, double least) {
        return visited;
      }
    },
    /** Evenly in σ^(1/7) (Karras et al. 2022, https://arxiv.org/abs/2206.00364, equation 5). */
    KARRAS {
      @Override
      float[] sigmas(float[] visited, double greatest, double least) {
        return karras(greatest, least, 7, visited.length);
      }
    },
    /** Evenly in log σ. */
    EXPONENTIAL {
      @Override
      float[] sigmas(float[] visited, double greatest, double least) {
        double high = StrictMath.log(greatest);
        double stride = (StrictMath.log(least) - high) / Math.max(1, visited.length - 1);
        return Pixels.each(visited.length, i -> (float) StrictMath.exp(high + i * stride));
      }
    };

    /** From the greatest to the least, as many as are visited. */
    abstract float[] sigmas(float[] visited, double greatest, double least);

    /** Evenly in σ^(1/ρ). */
    static float[] karras(double greatest, double least, double rho, int count) {
      double high = StrictMath.pow(greatest, 1 / rho);
      double stride = (StrictMath.pow(least, 1 / rho) - high) / Math.max(1, count - 1);
      return Pixels.each(count, i -> (float) StrictMath.pow(high + i * stride, rho));
    }
  }

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
