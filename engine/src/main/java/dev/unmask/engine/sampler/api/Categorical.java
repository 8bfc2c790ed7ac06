package dev.unmask.engine.sampler.api;

import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.random.Rows;

/**
 * Draws from weights, by exponential clocks if nothing else is said: the token whose weight divided
 * by 1e-10 − log(u + 1e-10) is greatest, the first of equals. Then they need not sum to 1.
 */
public enum Categorical {
  /**
   * With u in float32, as MDLM's authors draw; so coarse a u favours probable tokens
   * (https://arxiv.org/abs/2409.02908).
   */
  FLOAT32 {
    @Override
    public int[] draw(float[][] weights, int columns, Rows rows, RandomSource random) {
      float[][] uniform = random.uniform32(Purpose.TOKEN, rows, columns);
      int[] drawn = new int[weights.length];
      for (int i = 0; i < drawn.length; i++) {
        float greatest = Float.NEGATIVE_INFINITY;
        for (int token = 0; token < columns; token++) {
          float u = uniform[i][token] + 1e-10f;
          if (cannotWin(weights[i][token], 1.0 - u, greatest)) {
            continue;
          }
          float clock = 1e-10f - (float) StrictMath.log(u);
          float score = weights[i][token] / clock;
          if (score > greatest) {
            greatest = score;
            drawn[i] = token;
          }
        }
      }
      return drawn;
    }
  },
  /** With u in float64, as ReMDM's authors draw. */
  FLOAT64 {
    @Override
    public int[] draw(float[][] weights, int columns, Rows rows, RandomSource random) {
      double[][] uniform = random.uniform64(Purpose.TOKEN, rows, columns);
      int[] drawn = new int[weights.length];
      for (int i = 0; i < drawn.length; i++) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int token = 0; token < columns; token++) {
          double u = uniform[i][token];
          // 1e-15: what is lost where nothing but 1e-10 is left of a clock
          if (cannotWin(weights[i][token], 1 - u - 1e-15, greatest)) {
            continue;
          }
          double clock = 1e-10 - StrictMath.log(u + 1e-10);
          double score = weights[i][token] / clock;
          if (score > greatest) {
            greatest = score;
            drawn[i] = token;
          }
        }
      }
      return drawn;
    }
  },
  /**
   * By one u in float32 for a row, as GIDD's authors draw: as many tokens are passed over as their
   * weights, which must sum to 1, add up to at most u.
   */
  CUMULATIVE {
    @Override
    public int[] draw(float[][] weights, int columns, Rows rows, RandomSource random) {
      float[][] uniform = random.uniform32(Purpose.TOKEN, rows, 1);
      int[] drawn = new int[weights.length];
      for (int i = 0; i < drawn.length; i++) {
        float sum = weights[i][0];
        while (drawn[i] < columns - 1 && sum <= uniform[i][0]) {
          sum += weights[i][++drawn[i]];
        }
      }
      return drawn;
    }
  };

  /** What rounding can add to a score is far less. */
  private static final double NEARLY = 1 - 1e-6;

  /**
   * Draws a token for each row of weights.
   *
   * @param columns the length of a row
   * @param rows of the random tensor that belong to the weights
   */
  public abstract int[] draw(float[][] weights, int columns, Rows rows, RandomSource random);

  /**
   * Whether a token's score is less than the greatest so far, whatever its clock: −log u is at
   * least 1 − u. Logarithms are dear, and hardly a token needs one.
   *
   * @param least that the clock can be
   */
  private static boolean cannotWin(float weight, double least, double greatest) {
    return greatest >= 0 && weight <= NEARLY * greatest * least;
  }
}
