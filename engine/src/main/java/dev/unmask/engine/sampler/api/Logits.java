package dev.unmask.engine.sampler.api;

import dev.unmask.engine.arithmetic.EachRow;
import dev.unmask.engine.arithmetic.Exponential;
import dev.unmask.engine.arithmetic.Peaks;
import dev.unmask.engine.arithmetic.StrandSum;
import dev.unmask.engine.denoiser.Distribution;
import dev.unmask.engine.denoiser.Prediction;

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

  /** The same for all rows of a prediction. */
  public static Prediction without(Prediction prediction, int[] tokens) {
    return tokens.length == 0
        ? prediction
        : new Prediction(
            prediction.rows(), EachRow.map(prediction.logits(), row -> without(row, tokens)));
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
    double bar = Double.NEGATIVE_INFINITY;
    for (int token = 0; token < logits.length; token++) {
      // Logarithms and powers are dear, and few tokens can have the greatest score.
      if (logits[token] + temperature * GumbelNoise.atMost(uniform[token]) < bar) {
        continue;
      }
      double noise = StrictMath.pow(-StrictMath.log(uniform[token]), temperature);
      double score = StrictMath.exp(logits[token]) / noise;
      if (Double.isNaN(score)) {
        return token;
      }
      if (score > greatest) {
        greatest = score;
        best = token;
        bar = score > Double.MIN_NORMAL ? StrictMath.log(score) - GumbelNoise.MARGIN : bar;
      }
    }
    return best;
  }

  /** softmax(logits) at a token, summed in float64. */
  public static float probability(float[] logits, int token) {
    return (float) new Distribution(logits).probability(token);
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
    float greatest = new Peaks(logits).greatest();
    double[] distances = new double[logits.length];
    for (int token = 0; token < distances.length; token++) {
      distances[token] = logits[token] - greatest;
    }
    double[] weights = new double[logits.length];
    Exponential.of(distances, distances.length, weights);
    double sum = StrandSum.of(weights);
    float[] probabilities = new float[weights.length];
    for (int token = 0; token < weights.length; token++) {
      probabilities[token] = (float) (weights[token] / sum);
    }
    return probabilities;
  }

  /** Entropy of softmax(logits) in nats. */
  public static float entropy(float[] logits) {
    return (float) new Distribution(logits).entropy();
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
