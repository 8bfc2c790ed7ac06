package dev.unmask.engine.sampler.masked;

import dev.unmask.engine.arithmetic.EachRow;
import dev.unmask.engine.arithmetic.Ranking;
import dev.unmask.engine.denoiser.Distribution;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.sampler.api.Logits;

/**
 * Tokens drawn by Gumbel noise in float64, and what ranks them: their probability without the
 * noise, or chance.
 *
 * @param scores in float64
 */
record GumbelDraws(int[] tokens, double[] scores) {
  /**
   * In the order of LLaDA's program: first the tokens' noise, then the random scores.
   *
   * @param temperature 0 takes the most probable tokens and draws no noise
   * @param rows of the noise
   * @param columns tokens that there are
   */
  static GumbelDraws of(
      Prediction prediction,
      double temperature,
      boolean ranksAtRandom,
      Rows rows,
      int columns,
      RandomSource random) {
    double[][] noise = temperature == 0 ? null : random.uniform64(Purpose.TOKEN, rows, columns);
    float[][] ranks = ranksAtRandom ? random.uniform32(Purpose.ORDER, rows, 1) : null;
    int[] tokens = new int[prediction.rows().length];
    double[] scores = new double[tokens.length];
    Distribution[] distributions = prediction.distributions();
    EachRow.of(
        tokens.length,
        columns,
        i -> {
          tokens[i] =
              temperature == 0
                  ? distributions[i].token()
                  : Logits.drawByGumbel(prediction.logits()[i], noise[i], temperature);
          scores[i] = ranksAtRandom ? ranks[i][0] : distributions[i].probability(tokens[i]);
        });
    return new GumbelDraws(tokens, scores);
  }

  /** Indexes, the surest first, of equals the lower one. */
  int[] surestFirst() {
    return Ranking.descending(scores).toArray();
  }

  /** How many of the surest reach a threshold, the very first one whether it does or not. */
  int above(double threshold) {
    int[] order = surestFirst();
    int enough = 1;
    while (enough < order.length && scores[order[enough]] >= threshold) {
      enough++;
    }
    return enough;
  }

  /**
   * How many are sure enough to be drawn at once, by theorem 1 of Fast-dLLM
   * (https://arxiv.org/abs/2505.22618): n of which the least sure has a probability above 1 −
   * factor / (n + 1). As in the authors' program a single one that is left over is taken too.
   */
  int sureTogether(double factor) {
    int[] order = surestFirst();
    double[] limits = limits(factor);
    int enough = 1;
    while (enough < order.length && scores[order[enough]] >= limits[order[enough]]) {
      enough++;
    }
    return enough == order.length - 1 ? order.length : enough;
  }

  /** What each must reach to be drawn at once with all that are surer. */
  double[] limits(double factor) {
    int[] order = surestFirst();
    double[] limits = new double[order.length];
    for (int rank = 0; rank < order.length; rank++) {
      // (n + 1)(1 − c^(n)) < f, solved for the n-th greatest c^(n); n = rank + 1
      limits[order[rank]] = 1 - factor / (rank + 2);
    }
    return limits;
  }

  /** As a trace keeps them. */
  float[] confidence() {
    float[] confidence = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      confidence[i] = (float) scores[i];
    }
    return confidence;
  }
}
