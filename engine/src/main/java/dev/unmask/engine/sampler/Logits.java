package dev.unmask.engine.sampler;

/** What samplers read from a row of logits. */
final class Logits {
  private Logits() {}

  /** The row with these tokens made impossible; the row itself if there are none. */
  static float[] without(float[] logits, int[] tokens) {
    if (tokens.length == 0) {
      return logits;
    }
    float[] rest = logits.clone();
    for (int token : tokens) {
      rest[token] = Float.NEGATIVE_INFINITY;
    }
    return rest;
  }

  /** The first of the greatest. */
  static int argmax(float[] logits) {
    int best = 0;
    for (int token = 1; token < logits.length; token++) {
      if (logits[token] > logits[best]) {
        best = token;
      }
    }
    return best;
  }

  /**
   * A draw from softmax(logits / temperature) by Gumbel noise, in the form and in the float64 of
   * the reference: argmax exp(logit) / (−log u)^temperature (https://arxiv.org/abs/2409.02908 says
   * why float32 is too little). Where exp overflows, the first token to do so wins; a score that is
   * no number wins over all, for torch takes it for the greatest.
   */
  static int drawByGumbel(float[] logits, double[] uniform, double temperature) {
    int best = 0;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int token = 0; token < logits.length; token++) {
      double noise = Math.pow(-Math.log(uniform[token]), temperature);
      double score = Math.exp(logits[token]) / noise;
      if (Double.isNaN(score)) {
        return token;
      }
      if (score > greatest) {
        greatest = score;
        best = token;
      }
    }
    return best;
  }

  /** softmax(logits) at a token, summed in float64. */
  static float probability(float[] logits, int token) {
    float greatest = logits[argmax(logits)];
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - greatest);
    }
    return (float) (Math.exp(logits[token] - greatest) / sum);
  }
}
