package dev.unmask.engine.sampler;

/**
 * Pearson's test of counts against a distribution.
 *
 * @param statistic Σ (count − expected)² / expected
 * @param freedom degrees of freedom
 * @param samples that were counted
 */
public record ChiSquare(double statistic, int freedom, int samples) {
  /** One exceeded by one in a thousand samples of the normal distribution. */
  private static final double NORMAL_QUANTILE = 3.0902;

  /** Every cell must have a positive probability. */
  public static ChiSquare of(int[] counts, double[] probabilities) {
    int samples = 0;
    for (int count : counts) {
      samples += count;
    }
    double statistic = 0;
    for (int cell = 0; cell < counts.length; cell++) {
      double expected = samples * probabilities[cell];
      statistic += (counts[cell] - expected) * (counts[cell] - expected) / expected;
    }
    return new ChiSquare(statistic, counts.length - 1, samples);
  }

  /** What an exact sampler exceeds once in a thousand seeds, by Wilson and Hilferty (1931). */
  double critical() {
    double variance = 2.0 / (9 * freedom);
    return freedom * Math.pow(1 - variance + NORMAL_QUANTILE * Math.sqrt(variance), 3);
  }

  public boolean passes() {
    return statistic < critical();
  }

  /** How far an exact sampler's statistic commonly is from its mean. */
  double deviation() {
    return Math.sqrt(2.0 * freedom);
  }

  /** An estimate of the divergence Σ (q − p)² / p between the sampler's law q and the truth p. */
  public double divergence() {
    return (statistic - freedom) / samples;
  }
}
