package dev.unmask.engine.noise;

import java.util.Arrays;

/**
 * Keeps a token, or else draws one: keep I + 1 bᵀ (<a
 * href="https://arxiv.org/abs/2503.04482">GIDD</a>, equation 1, where b is β π).
 *
 * @param keep in [0, 1]
 * @param drawn b, [V], which sums to 1 − keep; treat it as immutable
 */
public record InterpolatingTransition(double keep, double[] drawn) implements Transition {
  /** Checks that it is a probability. */
  public InterpolatingTransition {
    Probability.check(keep);
  }

  @Override
  public int size() {
    return drawn.length;
  }

  @Override
  public double probability(int from, int to) {
    return (to == from ? keep : 0) + drawn[to];
  }

  @Override
  public double[] row(int from) {
    double[] row = drawn.clone();
    row[from] += keep;
    return row;
  }

  @Override
  public double[] column(int to) {
    double[] column = new double[drawn.length];
    Arrays.fill(column, drawn[to]);
    column[to] += keep;
    return column;
  }

  @Override
  public double[] apply(double[] p) {
    double mass = Arrays.stream(p).sum();
    double[] result = new double[drawn.length];
    for (int token = 0; token < result.length; token++) {
      result[token] = keep * p[token] + mass * drawn[token];
    }
    return result;
  }

  @Override
  public double[] undo(double[] q) {
    double mass = Arrays.stream(q).sum();
    double[] result = new double[drawn.length];
    for (int token = 0; token < result.length; token++) {
      result[token] = (q[token] - mass * drawn[token]) / keep;
    }
    return result;
  }

  @Override
  public double entropy(int from) {
    return Probability.entropy(row(from));
  }

  @Override
  public Transition then(Transition next) {
    if (!(next instanceof InterpolatingTransition(double k, double[] b) && b.length == size())) {
      return DenseTransition.product(this, next);
    }
    double[] either = next.apply(drawn);
    for (int token = 0; token < either.length; token++) {
      either[token] += keep * b[token];
    }
    return new InterpolatingTransition(keep * k, either);
  }
}
