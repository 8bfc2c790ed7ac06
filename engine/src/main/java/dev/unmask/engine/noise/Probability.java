package dev.unmask.engine.noise;

import dev.unmask.engine.InputException;
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
    return p > 0 ? -p * StrictMath.log(p) : 0;
  }

  /** Of a distribution, in nats. */
  static double entropy(double[] distribution) {
    return Arrays.stream(distribution).map(Probability::surprise).sum();
  }

  /**
   * Divides by the sum, in place.
   *
   * @throws InputException if nothing has a chance: what a model holds for certain and what the
   *     noise leaves rule each other out
   */
  static double[] normalise(double[] weights) {
    double sum = Arrays.stream(weights).sum();
    if (!(sum > 0)) {
      throw new InputException(
          "Nothing is possible here: what is predicted could not have become what stands there;"
              + " raise eps or the nucleus, or take another model.");
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }
}
