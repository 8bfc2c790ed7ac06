package dev.unmask.engine.noise;

/**
 * exp(σ R) of sparse symmetric rates, of which only the rows asked for are ever computed, each by
 * uniformization: for vocabularies whose matrices nobody can store.
 */
public final class SparseTransition implements Transition {
  /** So much noise at once, in jumps, that the weights of a Poisson distribution do not vanish. */
  private static final double MOST_JUMPS = 64;

  /** So little at once, backwards, that rounding does not grow. */
  private static final double MOST_JUMPS_BACK = 0.5;

  /** What is left out of a series. */
  private static final double LEAST = 1e-16;

  private final SparseRates rates;
  private final double sigma;

  /**
   * Of an exponent.
   *
   * @param sigma in [0, ∞]
   */
  SparseTransition(SparseRates rates, double sigma) {
    if (!(sigma >= 0)) {
      throw new IllegalArgumentException("time cannot run backwards by " + sigma);
    }
    this.rates = rates;
    this.sigma = sigma;
  }

  @Override
  public int size() {
    return rates.size();
  }

  @Override
  public double probability(int from, int to) {
    return row(from)[to];
  }

  @Override
  public double[] row(int from) {
    double[] start = new double[size()];
    start[from] = 1;
    return apply(start);
  }

  /** The matrix is symmetric. */
  @Override
  public double[] column(int to) {
    return row(to);
  }

  @Override
  public double[] apply(double[] p) {
    return sigma == Double.POSITIVE_INFINITY ? rates.limit(p) : moved(p, sigma, MOST_JUMPS);
  }

  @Override
  public double[] undo(double[] q) {
    return moved(q, -sigma, MOST_JUMPS_BACK);
  }

  /** p exp(σ R), in parts of at most so many jumps. */
  private double[] moved(double[] p, double sigma, double most) {
    double fastest = rates.fastest();
    int parts = (int) Math.max(1, Math.ceil(Math.abs(sigma) * fastest / most));
    double[] result = p;
    for (int part = 0; part < parts; part++) {
      result = series(result, fastest, sigma * fastest / parts);
    }
    return result;
  }

  /** e^−x Σ_n xⁿ / n! p (I + R / fastest)ⁿ. */
  private double[] series(double[] p, double fastest, double x) {
    double[] sum = new double[p.length];
    double[] power = p;
    double weight = StrictMath.exp(-x);
    for (int n = 1; n <= Math.abs(x) || Math.abs(weight) > LEAST; n++) {
      for (int token = 0; token < sum.length; token++) {
        sum[token] += weight * power[token];
      }
      weight *= x / n;
      power = rates.jump(power, fastest);
    }
    return sum;
  }

  @Override
  public double entropy(int from) {
    return Probability.entropy(row(from));
  }

  /** Exponents of the same rates add up; any other product is stored. */
  @Override
  public Transition then(Transition next) {
    return next instanceof SparseTransition other && other.rates == rates
        ? new SparseTransition(rates, sigma + other.sigma)
        : DenseTransition.product(this, next);
  }
}
