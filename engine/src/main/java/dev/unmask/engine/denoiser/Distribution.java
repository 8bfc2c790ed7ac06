package dev.unmask.engine.denoiser;

import dev.unmask.engine.arithmetic.Exponential;
import dev.unmask.engine.arithmetic.Peaks;
import dev.unmask.engine.arithmetic.StrandSum;

/**
 * softmax of a row of logits, in float64, and all that is read from it in a step: which tokens are
 * the most probable and how probable, and its entropy. The row is looked through twice, for the
 * greatest logits and for the sums.
 */
public final class Distribution {
  private final float[] logits;
  private final Peaks peaks;
  private final float greatest;
  private final double sum;
  private final double entropy;

  /**
   * The distribution that a row of logits gives.
   *
   * @param logits that do not change any more; −∞ is what no token can be
   */
  public Distribution(float[] logits) {
    this.logits = logits;
    peaks = new Peaks(logits);
    greatest = peaks.greatest();
    var weights = new StrandSum();
    var products = new StrandSum();
    double[] distances = new double[StrandSum.STRANDS];
    double[] exponentials = new double[StrandSum.STRANDS];
    for (int first = 0; first < logits.length; first += StrandSum.STRANDS) {
      int count = Math.min(StrandSum.STRANDS, logits.length - first);
      distances(logits, first, count, greatest, distances);
      Exponential.of(distances, count, exponentials);
      weights.add(exponentials, count);
      products.addProducts(exponentials, distances, count);
    }
    sum = weights.total();
    // −Σ p log p, where p = e^d / sum and d is a logit's distance from the greatest
    entropy = StrictMath.log(sum) - products.total() / sum;
  }

  /** Of logits from the greatest; a logit of −∞ has a finite one, for its weight is 0. */
  private static void distances(
      float[] logits, int first, int count, double greatest, double[] distances) {
    for (int i = 0; i < count; i++) {
      distances[i] = Math.max(logits[first + i] - greatest, Exponential.LEAST);
    }
  }

  /** Whether it is one: no logit is NaN or +∞, and not all are −∞. */
  public boolean exists() {
    return Float.isFinite(greatest);
  }

  /** The most probable token, the first of equals. */
  public int token() {
    return peaks.index();
  }

  /**
   * The most probable tokens, of equals the lower first.
   *
   * @param most fewer if there are no more tokens
   */
  public int[] mostProbable(int most) {
    return peaks.indexes(most);
  }

  /** The probability of a token. */
  public double probability(int token) {
    return StrictMath.exp((double) logits[token] - greatest) / sum;
  }

  /** log Σ e^logit: a logit less this is the logarithm of its token's probability. */
  public double logOfSum() {
    return StrictMath.log(sum) + greatest;
  }

  /** In nats. */
  public double entropy() {
    return entropy;
  }
}
