package dev.unmask.engine.noise;

import java.util.Arrays;

/**
 * Keeps a token, or else draws any of the vocabulary, itself included: keep I + (1 − keep) 1 1ᵀ / V
 * (<a href="https://arxiv.org/abs/2107.03006">D3PM</a>, appendix A.2.1).
 *
 * @param keep the probability that nothing is drawn, in [0, 1]
 */
public record UniformTransition(int size, double keep) implements Transition {
  /** Checks that it is a probability. */
  public UniformTransition {
    Probability.check(keep);
  }

  @Override
  public double probability(int from, int to) {
    return (to == from ? keep : 0) + draw();
  }

  @Override
  public double[] row(int from) {
    double[] row = new double[size];
    Arrays.fill(row, draw());
    row[from] += keep;
    return row;
  }

  /** The matrix is symmetric. */
  @Override
  public double[] column(int to) {
    return row(to);
  }

  @Override
  public double[] apply(double[] p) {
    double drawn = Arrays.stream(p).sum() * draw();
    return Arrays.stream(p).map(mass -> keep * mass + drawn).toArray();
  }

  @Override
  public double[] undo(double[] q) {
    double drawn = Arrays.stream(q).sum() * draw();
    return Arrays.stream(q).map(mass -> (mass - drawn) / keep).toArray();
  }

  @Override
  public double entropy(int from) {
    return Probability.surprise(keep + draw()) + (size - 1) * Probability.surprise(draw());
  }

  @Override
  public Transition then(Transition next) {
    return next instanceof UniformTransition(int v, double k) && v == size
        ? new UniformTransition(size, keep * k)
        : DenseTransition.product(this, next);
  }

  /** The probability that a given token is drawn. */
  private double draw() {
    return (1 - keep) / size;
  }
}
