package dev.unmask.engine.evaluation;

/** The cross-entropy of a token under a row of logits. */
final class CrossEntropy {
  private CrossEntropy() {}

  /** −log softmax(logits)[target], in nats. */
  static double of(float[] logits, int target) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - max);
    }
    return Math.log(sum) + max - logits[target];
  }
}
