package dev.unmask.engine.noise;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The rate matrix R of a chain that moves between tokens with symmetric rates.
 *
 * @param rates off the diagonal, [V][V], not negative; the diagonal is ignored
 */
record RateMatrix(double[][] rates) {
  /** Terms of the series with less weight than this change no float64 that is summed. */
  private static final double LEAST_WEIGHT = 1e-20;

  int size() {
    return rates.length;
  }

  /**
   * exp(σ R) by uniformization, which only adds numbers that are not negative, and squaring.
   *
   * @param sigma in [0, ∞]
   */
  DenseTransition exponential(double sigma) {
    if (!(sigma >= 0)) {
      throw new IllegalArgumentException("time cannot run backwards by " + sigma);
    }
    if (sigma == Double.POSITIVE_INFINITY) {
      return limit();
    }
    double fastest = IntStream.range(0, size()).mapToDouble(this::exit).max().orElse(0);
    int squarings = Math.max(0, Math.getExponent(sigma * fastest) + 1);
    DenseTransition result = series(fastest, Math.scalb(sigma * fastest, -squarings));
    for (int i = 0; i < squarings; i++) {
      result = normalised(DenseTransition.product(result, result));
    }
    return result;
  }

  private double exit(int token) {
    return Arrays.stream(rates[token]).sum() - rates[token][token];
  }

  /** Σ_n Poisson(n; x) (I + R / fastest)^n, x at most 1. */
  private DenseTransition series(double fastest, double x) {
    DenseTransition jump = jump(fastest);
    DenseTransition power = DenseTransition.identity(size());
    double[][] sum = new double[size()][size()];
    double weight = StrictMath.exp(-x);
    for (int n = 1; weight > LEAST_WEIGHT; n++) {
      for (int from = 0; from < size(); from++) {
        for (int to = 0; to < size(); to++) {
          sum[from][to] += weight * power.probability(from, to);
        }
      }
      weight *= x / n;
      power = DenseTransition.product(power, jump);
    }
    return normalised(new DenseTransition(sum));
  }

  private DenseTransition jump(double fastest) {
    double[][] rows = new double[size()][size()];
    for (int from = 0; from < size(); from++) {
      for (int to = 0; to < size(); to++) {
        rows[from][to] = to == from ? 1 - exit(from) / fastest : rates[from][to] / fastest;
      }
    }
    return new DenseTransition(rows);
  }

  /** Keeps rounding from growing with every squaring. */
  private static DenseTransition normalised(DenseTransition transition) {
    return new DenseTransition(
        IntStream.range(0, transition.size())
            .mapToObj(from -> Probability.normalise(transition.row(from)))
            .toArray(double[][]::new));
  }

  /** Uniform over the tokens that can be reached. */
  private DenseTransition limit() {
    double[][] rows = new double[size()][size()];
    for (int from = 0; from < size(); from++) {
      BitSet reached = reachedFrom(from);
      for (int to : reached.stream().toArray()) {
        rows[from][to] = 1.0 / reached.cardinality();
      }
    }
    return new DenseTransition(rows);
  }

  private BitSet reachedFrom(int start) {
    BitSet reached = new BitSet();
    BitSet waiting = new BitSet();
    waiting.set(start);
    while (!waiting.isEmpty()) {
      int token = waiting.nextSetBit(0);
      waiting.clear(token);
      reached.set(token);
      for (int to = 0; to < size(); to++) {
        if (rates[token][to] > 0 && !reached.get(to)) {
          waiting.set(to);
        }
      }
    }
    return reached;
  }
}
