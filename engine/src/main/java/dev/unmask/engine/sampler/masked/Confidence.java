package dev.unmask.engine.sampler.masked;

/** How sure a row of probabilities is, the surer the greater. */
final class Confidence {
  private Confidence() {}

  /** How far the greatest is ahead of the second. */
  static float margin(float[] probabilities) {
    float first = 0;
    float second = 0;
    for (float probability : probabilities) {
      if (probability > first) {
        second = first;
        first = probability;
      } else if (probability > second) {
        second = probability;
      }
    }
    return first - second;
  }

  /** Σ p log(p + 1e-10), of natural logarithms: at most 0. */
  static float negativeEntropy(float[] probabilities) {
    double sum = 0;
    for (float probability : probabilities) {
      if (probability > 0) {
        sum += probability * Math.log(probability + 1e-10f);
      }
    }
    return (float) sum;
  }
}
