package dev.unmask.engine.sampler.api;

/** What samplers read from a row of logits. */
public final class Logits {
  private Logits() {}

  /** The row with these tokens made impossible; the row itself if there are none. */
  public static float[] without(float[] logits, int[] tokens) {
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
  public static int argmax(float[] logits) {
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
  public static int drawByGumbel(float[] logits, double[] uniform, double temperature) {
    int best = 0;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int token = 0; token < logits.length; token++) {
      double noise = StrictMath.pow(-StrictMath.log(uniform[token]), temperature);
      double score = StrictMath.exp(logits[token]) / noise;
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
  public static float probability(float[] logits, int token) {
    float greatest = logits[argmax(logits)];
    double sum = 0;
    for (float logit : logits) {
      sum += StrictMath.exp(logit - greatest);
    }
    return (float) (StrictMath.exp(logits[token] - greatest) / sum);
  }

  /** softmax(logits) at a token in float64. */
  public static double probability64(float[] logits, int token) {
    double greatest = logits[argmax(logits)];
    double sum = 0;
    for (float logit : logits) {
      sum += StrictMath.exp(logit - greatest);
    }
    return StrictMath.exp(logits[token] - greatest) / sum;
  }

  /** The row divided by a temperature; the row itself if that is 0 or 1. */
  public static float[] divided(float[] logits, float temperature) {
    if (temperature == 0 || temperature == 1) {
      return logits;
    }
    float[] divided = new float[logits.length];
    for (int token = 0; token < divided.length; token++) {
      divided[token] = logits[token] / temperature;
    }
    return divided;
  }

  /** Probabilities, summed in float64. */
  public static float[] softmax(float[] logits) {
    float greatest = logits[argmax(logits)];
    double[] weights = new double[logits.length];
    double sum = 0;
    for (int token = 0; token < weights.length; token++) {
      weights[token] = StrictMath.exp(logits[token] - greatest);
      sum += weights[token];
    }
    float[] probabilities = new float[weights.length];
    for (int token = 0; token < weights.length; token++) {
      probabilities[token] = (float) (weights[token] / sum);
    }
    return probabilities;
  }

  /** Entropy of softmax(logits) in nats. */
  public static float entropy(float[] logits) {
    float greatest = logits[argmax(logits)];
    double sum = 0;
    double weighted = 0;
    for (float logit : logits) {
      double distance = logit - greatest;
      double weight = StrictMath.exp(distance);
      sum += weight;
      // A logit of minus infinity has no weight, and its product would be no number.
      weighted += weight > 0 ? weight * distance : 0;
    }
    return (float) (StrictMath.log(sum) - weighted / sum);
  }

  /** Rounded to float32. */
  public static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
