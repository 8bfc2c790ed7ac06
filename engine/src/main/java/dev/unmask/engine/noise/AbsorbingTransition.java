package dev.unmask.engine.noise;

import java.util.Arrays;

/**
 * Keeps a token, or else masks it; a mask stays: keep I + (1 − keep) 1 e_mᵀ (<a
 * href="https://arxiv.org/abs/2107.03006">D3PM</a>, appendix A.2.2).
 *
 * @param mask the absorbing token
 * @param keep the probability that a token is kept, in [0, 1]
 */
public record AbsorbingTransition(int size, int mask, double keep) implements Transition {
  /** Checks that it is a probability. */
  public AbsorbingTransition {
    Probability.check(keep);
  }

  @Override
  public double probability(int from, int to) {
    return (to == from ? keep : 0) + (to == mask ? 1 - keep : 0);
  }

  @Override
  public double[] row(int from) {
    double[] row = new double[size];
    row[from] = keep;
    row[mask] += 1 - keep;
    return row;
  }

  @Override
  public double[] column(int to) {
    double[] column = new double[size];
    Arrays.fill(column, to == mask ? 1 - keep : 0);
    column[to] += keep;
    return column;
  }

  @Override
  public double[] apply(double[] p) {
    double[] result = new double[size];
    double mass = 0;
    for (int token = 0; token < size; token++) {
      result[token] = keep * p[token];
      mass += p[token];
    }
    result[mask] += (1 - keep) * mass;
    return result;
  }

  @Override
  public double[] undo(double[] q) {
    double[] result = new double[size];
    double mass = 0;
    for (int token = 0; token < size; token++) {
      result[token] = q[token] / keep;
      mass += q[token];
    }
    result[mask] -= (1 - keep) / keep * mass;
    return result;
  }

  @Override
  public double entropy(int from) {
    return from == mask ? 0 : Probability.surprise(keep) + Probability.surprise(1 - keep);
  }

  @Override
  public Transition then(Transition next) {
    return next instanceof AbsorbingTransition(int v, int m, double k) && v == size && m == mask
        ? new AbsorbingTransition(size, mask, keep * k)
        : DenseTransition.product(this, next);
  }
}
