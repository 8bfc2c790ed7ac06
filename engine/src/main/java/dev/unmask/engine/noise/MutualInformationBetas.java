package dev.unmask.engine.noise;

/**
 * Such that every step takes away the same information: I(x_t; x_0) = (1 − t/T) H(x_0) (<a
 * href="https://arxiv.org/abs/2107.03006">D3PM</a>, section 3.2). With the absorbing kernel, it is
 * 1 / (T − t + 1) for any distribution of unmasked tokens.
 *
 * @param clean the distribution of x_0, [V]
 */
public record MutualInformationBetas(RateKernel kernel, double[] clean) implements BetaSchedule {
  /** Bisections of an exponent; a float64 has 53 bits. */
  private static final int BISECTIONS = 54;

  /** If not even the kernel's limit loses what a step should, that step goes to the limit. */
  @Override
  public double[] betas(int steps) {
    double all = Probability.entropy(clean);
    double floor = information(Double.POSITIVE_INFINITY);
    double[] betas = new double[steps];
    double before = 0;
    for (int t = 1; t <= steps; t++) {
      double target = all * (steps - t) / steps;
      boolean last = t == steps || target <= floor;
      double sigma = last ? Double.POSITIVE_INFINITY : exponent(before, target);
      betas[t - 1] = last ? 1 : -Math.expm1(before - sigma);
      before = sigma;
    }
    return betas;
  }

  /** I(x_t; x_0) in nats, where x_t follows x_0 by exp(σ R). */
  double information(double sigma) {
    Transition transition = kernel.exponential(sigma);
    double left = Probability.entropy(transition.apply(clean));
    for (int token = 0; token < clean.length; token++) {
      if (clean[token] > 0) {
        left -= clean[token] * transition.entropy(token);
      }
    }
    return left;
  }

  /** The σ above another where the information has fallen to the target. */
  private double exponent(double from, double target) {
    double low = from;
    double high = Math.max(1, 2 * from);
    while (information(high) > target) {
      low = high;
      high *= 2;
    }
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (information(middle) > target) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
