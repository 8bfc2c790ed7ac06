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
          float clock = 1e-10f - (float) StrictMath.log(uniform[i][token] + 1e-10f);
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
          double clock = 1e-10 - StrictMath.log(uniform[i][token] + 1e-10);
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

  /**
   * Draws a token for each row of weights.
   *
   * @param columns the length of a row
   * @param rows of the random tensor that belong to the weights
   */
  public abstract int[] draw(float[][] weights, int columns, Rows rows, RandomSource random);
}
