package dev.unmask.engine.noise;

import java.util.Arrays;

/** What holds of probabilities whatever they are of. */
final class Probability {
  private Probability() {}

  static void check(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException(p + " is no probability");
    }
  }

  /** −p ln p, in nats; 0 at 0. */
  static double surprise(double p) {
    return p > 0 ? -p * Math.log(p) : 0;
  }

  /** Of a distribution, in nats. */
  static double entropy(double[] distribution) {
    return Arrays.stream(distribution).map(Probability::surprise).sum();
  }

  /** Divides by the sum, in place. */
  static double[] normalise(double[] weights) {
    double sum = Arrays.stream(weights).sum();
    if (!(sum > 0)) {
      throw new IllegalArgumentException("nothing is possible here: the weights sum to " + sum);
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }
}
