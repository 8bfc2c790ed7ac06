package dev.unmask.engine.noise;

import dev.unmask.engine.InputException;
import java.util.Arrays;

/**
 * Moves ordinal tokens (pixel values) to near ones, as a Gaussian cut into bins (<a
 * href="https://arxiv.org/abs/2107.03006">D3PM</a>, appendix A.2.3): off the diagonal, [Q_t]_ij =
 * exp(−4 (r |i−j| / (V−1))² / ((V−1)² β_t)) over the same summed for all differences −(V−1) … V−1;
 * what is left stays, so the matrix is doubly stochastic.
 *
 * @param size the number V of tokens, at least 2
 * @param range the difference r of the greatest and the least value: V − 1 in the paper
 */
public record GaussianKernel(int size, double range) implements Kernel {
  /** The range of the paper's image code, whatever the number of tokens. */
  public static final double PIXELS = 255;

  /** Checks that values differ. */
  public GaussianKernel {
    if (size < 2 || !(range > 0 && range < Double.POSITIVE_INFINITY)) {
      throw new InputException(
          "%d values over a range of %s cannot be told apart; give at least 2 and a range above 0."
              .formatted(size, range));
    }
  }

  /** The paper's. */
  public static GaussianKernel of(int size) {
    return new GaussianKernel(size, size - 1);
  }

  /**
   * Q_t of a step.
   *
   * @param beta the variance, relative to a quarter of the squared number of values; above 0
   */
  @Override
  public Transition step(double beta) {
    if (!(beta > 0 && beta < Double.POSITIVE_INFINITY)) {
      throw new InputException(
          "The schedule's beta %s is no variance; give one above 0.".formatted(beta));
    }
    double[] byDistance = weights(beta);
    double total = 2 * Arrays.stream(byDistance).sum() - byDistance[0];
    double[][] rows = new double[size][size];
    for (int from = 0; from < size; from++) {
      double moved = 0;
      for (int to = 0; to < size; to++) {
        if (to != from) {
          rows[from][to] = byDistance[Math.abs(to - from)] / total;
          moved += rows[from][to];
        }
      }
      rows[from][from] = 1 - moved;
    }
    return new DenseTransition(rows);
  }

  private double[] weights(double beta) {
    double unit = 2 * range / ((size - 1.0) * (size - 1.0));
    double[] weights = new double[size];
    for (int distance = 0; distance < size; distance++) {
      double value = distance * unit;
      weights[distance] = StrictMath.exp(-value * value / beta);
    }
    return weights;
  }

  @Override
  public Transition identity() {
    return DenseTransition.identity(size);
  }

  @Override
  public double[] stationary() {
    double[] stationary = new double[size];
    Arrays.fill(stationary, 1.0 / size);
    return stationary;
  }
}
