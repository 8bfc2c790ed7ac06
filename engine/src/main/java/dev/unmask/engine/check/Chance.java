package dev.unmask.engine.check;

import java.util.function.IntToDoubleFunction;

/** How probable it is that what is seen is chance. */
final class Chance {
  /** What is less probable is no chance: one healthy run in a million. */
  static final double RARE = 1e-6;

  private Chance() {}

  /** Whether something of this logarithmic probability is no chance. */
  static boolean rare(double logProbability) {
    return logProbability < StrictMath.log(RARE);
  }

  /** P(X ≥ least) of {@code trials} independent ones that each succeed with a probability. */
  static double atLeast(int least, int trials, double probability) {
    double odds = StrictMath.log(probability) - StrictMath.log1p(-probability);
    double none = trials * StrictMath.log1p(-probability);
    return sum(least, trials, k -> none + k * odds + logChoose(trials, k));
  }

  /** P(X ≥ least) of rare events of which so many are expected; at most {@code most} happen. */
  static double atLeast(int least, double expected, int most) {
    double log = StrictMath.log(expected);
    return sum(least, most, k -> k * log - expected - logFactorial(k));
  }

  /**
   * The logarithm of the probability that the last {@code idle} of {@code all} steps are among
   * those in which nothing happens, where something happens in {@code eventful} of them and any
   * order is as probable as another: C(all − idle, eventful) / C(all, eventful).
   */
  static double logAllBefore(int idle, int eventful, int all) {
    return logChoose(all - idle, eventful) - logChoose(all, eventful);
  }

  private static double sum(int from, int to, IntToDoubleFunction logTerm) {
    double sum = 0;
    for (int k = from; k <= to; k++) {
      sum += StrictMath.exp(logTerm.applyAsDouble(k));
    }
    return sum;
  }

  private static double logChoose(int all, int some) {
    return logFactorial(all) - logFactorial(some) - logFactorial(all - some);
  }

  private static double logFactorial(int number) {
    double sum = 0;
    for (int k = 2; k <= number; k++) {
      sum += StrictMath.log(k);
    }
    return sum;
  }
}
