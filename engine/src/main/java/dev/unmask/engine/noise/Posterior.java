package dev.unmask.engine.noise;

/**
 * What a token was at an earlier time s, of what it is at t and was or may have been at 0.
 *
 * @param before q(x_s | x_0)
 * @param step q(x_t | x_s)
 * @param through q(x_t | x_0), the product of the two
 */
public record Posterior(Transition before, Transition step, Transition through) {
  /** Between two times of any process. */
  public static Posterior of(Transition before, Transition step) {
    return new Posterior(before, step, before.then(step));
  }

  /**
   * q(x_s | x_t, x_0) = q(x_t | x_s) q(x_s | x_0) / q(x_t | x_0), [V] (<a
   * href="https://arxiv.org/abs/2107.03006">D3PM</a>, equation 3).
   *
   * @throws IllegalArgumentException if that x_0 cannot become that x_t
   */
  public double[] given(int noisy, int clean) {
    return weighed(noisy, before.row(clean));
  }

  /**
   * Σ q(x_s | x_t, x_0) p(x_0 | x_t), [V]: exact where p is. An x_0 that cannot become x_t counts
   * for nothing.
   *
   * @param clean p(x_0 | x_t), x_t at this position included, [V]
   */
  public double[] ofClean(int noisy, double[] clean) {
    double[] likelihood = through.column(noisy);
    double[] weights = new double[clean.length];
    for (int token = 0; token < weights.length; token++) {
      weights[token] = likelihood[token] > 0 ? clean[token] / likelihood[token] : 0;
    }
    return weighed(noisy, before.apply(weights));
  }

  /**
   * ∝ Σ q(x_s, x_t | x_0) p(x_0), [V] (<a href="https://arxiv.org/abs/2107.03006">D3PM</a>,
   * equation 4): exact where p leaves this position's own x_t out.
   *
   * @param clean p(x_0 | x_t at the other positions), [V]
   */
  public double[] ofLeaveOneOut(int noisy, double[] clean) {
    return weighed(noisy, before.apply(clean));
  }

  private double[] weighed(int noisy, double[] earlier) {
    double[] posterior = step.column(noisy);
    for (int token = 0; token < posterior.length; token++) {
      posterior[token] *= earlier[token];
    }
    return Probability.normalise(posterior);
  }
}
