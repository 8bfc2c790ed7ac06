package dev.unmask.engine.sampler.masked;

import dev.unmask.engine.arithmetic.Exponential;
import dev.unmask.engine.arithmetic.Logarithm;
import dev.unmask.engine.arithmetic.StrandSum;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.sampler.api.Logits;
import dev.unmask.engine.sampler.api.TruncatedSoftmax;
import java.util.Arrays;

/**
 * A token for each row of a prediction, and how it is scored, in float64.
 *
 * @param tokens drawn, or those that stand
 * @param scores the surer the greater
 */
record ScoredDraw(int[] tokens, double[] scores) {
  /**
   * How tokens are drawn and scored.
   *
   * @param softmax that they are drawn from
   * @param gumbel whether they are drawn by Gumbel noise, which stays in the scores
   * @param score log-p, margin or random
   * @param predictsMask whether the mask may be drawn
   */
  record Method(
      TruncatedSoftmax softmax,
      boolean gumbel,
      String score,
      boolean predictsMask,
      Vocabulary vocabulary) {
    private static final double TINY = 1e-8;

    /**
     * Draws and scores. The random tensors have a row for each position of the sequence.
     *
     * @param standing by position the token that is scored and not drawn, −1 where one is drawn
     */
    ScoredDraw draw(Prediction prediction, int[] standing, RandomSource random) {
      int[] positions = prediction.rows();
      Rows rows = Rows.ofSequence(standing.length, positions);
      int[] impossible = predictsMask ? new int[0] : new int[] {vocabulary.maskId()};
      float[][] probabilities =
          softmax.probabilities(Logits.without(prediction, impossible).logits());
      double[][] logs =
          gumbel
              ? noisy(prediction.logits(), probabilities, rows, random)
              : Arrays.stream(probabilities).map(Method::logarithms).toArray(double[][]::new);
      int[] tokens =
          gumbel
              ? Arrays.stream(logs).mapToInt(Method::greatest).toArray()
              : softmax.tokens(probabilities, vocabulary.size(), rows, random);
      for (int i = 0; i < positions.length; i++) {
        tokens[i] = standing[positions[i]] < 0 ? tokens[i] : standing[positions[i]];
      }
      return new ScoredDraw(tokens, scores(logs, tokens, rows, random));
    }

    private double[] scores(double[][] logs, int[] tokens, Rows rows, RandomSource random) {
      double[] scores = new double[tokens.length];
      if (score.equals("random")) {
        double[][] uniform = random.uniform64(Purpose.ORDER, rows, 1);
        Arrays.setAll(scores, i -> StrictMath.log(uniform[i][0]));
      } else {
        Arrays.setAll(scores, i -> score(logs[i], tokens[i]));
      }
      return scores;
    }

    /** The score of a token by a row of logits as it comes. */
    double score(float[] logits, int token) {
      double[] weights = new double[logits.length];
      Arrays.setAll(weights, i -> logits[i]);
      return score(logSoftmax(weights), token);
    }

    private double score(double[] logs, int token) {
      return score.equals("margin") ? margin(logs) : logs[token];
    }

    /** log softmax(logits / temperature + noise), of what the truncation left. */
    private double[][] noisy(
        float[][] logits, float[][] probabilities, Rows rows, RandomSource random) {
      double temperature = softmax.temperature();
      double[][] uniform =
          temperature > 0 ? random.uniform64(Purpose.TOKEN, rows, vocabulary.size()) : null;
      double[][] logs = new double[logits.length][];
      for (int i = 0; i < logs.length; i++) {
        double[] weights = new double[logits[i].length];
        for (int token = 0; token < weights.length; token++) {
          if (probabilities[i][token] == 0) {
            weights[token] = Double.NEGATIVE_INFINITY;
          } else if (temperature == 0) {
            weights[token] = logits[i][token];
          } else {
            double clock = -StrictMath.log(uniform[i][token] + TINY) + TINY;
            weights[token] = logits[i][token] / temperature - StrictMath.log(clock);
          }
        }
        logs[i] = logSoftmax(weights);
      }
      return logs;
    }

    private static double[] logarithms(float[] probabilities) {
      double[] doubles = new double[probabilities.length];
      for (int token = 0; token < doubles.length; token++) {
        doubles[token] = probabilities[token];
      }
      double[] logs = new double[probabilities.length];
      Logarithm.of(doubles, doubles.length, logs);
      return logs;
    }

    private static double[] logSoftmax(double[] weights) {
      double greatest = weights[greatest(weights)];
      double[] distances = new double[weights.length];
      for (int token = 0; token < distances.length; token++) {
        distances[token] = weights[token] - greatest;
      }
      double[] exponentials = new double[weights.length];
      Exponential.of(distances, distances.length, exponentials);
      double normalizer = greatest + StrictMath.log(StrandSum.of(exponentials));
      return Arrays.stream(weights).map(weight -> weight - normalizer).toArray();
    }

    /** The first of the greatest. */
    private static int greatest(double[] weights) {
      int best = 0;
      for (int token = 1; token < weights.length; token++) {
        if (weights[token] > weights[best]) {
          best = token;
        }
      }
      return best;
    }

    private static double margin(double[] logs) {
      double first = logs[greatest(logs)];
      double second = Double.NEGATIVE_INFINITY;
      boolean passed = false;
      for (double log : logs) {
        if (log == first && !passed) {
          passed = true;
        } else {
          second = Math.max(second, log);
        }
      }
      return first - second;
    }
  }
}
