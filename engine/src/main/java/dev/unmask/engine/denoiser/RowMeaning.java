package dev.unmask.engine.denoiser;

import dev.unmask.engine.arithmetic.Exponential;
import dev.unmask.engine.arithmetic.Logarithm;
import dev.unmask.engine.arithmetic.Peaks;
import dev.unmask.engine.noise.Transition;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a denoiser's rows are. With the noise q(x_t | x_0) known, each kind follows from each, by
 * way of p̃(x_0), which knows x_t at all other positions and not at its own. The one exception:
 * where absorbing noise left a token unmasked, p(x_0 | x_t) is certain and tells nothing of p̃; no
 * sampler asks there.
 */
public enum RowMeaning {
  /** Logits of p(x_0 at this position | x_t), which is ∝ p̃(x_0) q(x_t | x_0). */
  CLEAN_LOGITS {
    @Override
    double[] leaveOneOut(float[] row, int noisy, Transition through) {
      double[] clean = exponentials(row);
      double[] likelihood = through.column(noisy);
      for (int token = 0; token < clean.length; token++) {
        clean[token] = likelihood[token] > 0 ? clean[token] / likelihood[token] : 0;
      }
      return clean;
    }

    @Override
    public float[] of(double[] leaveOneOut, int noisy, Transition through) {
      double[] clean = through.column(noisy);
      for (int token = 0; token < clean.length; token++) {
        clean[token] *= leaveOneOut[token];
      }
      return logarithms(clean, Arrays.stream(clean).sum());
    }
  },
  /** Logits of p̃(x_0) = p(x_0 at this position | x_t at all other positions). */
  LEAVE_ONE_OUT_LOGITS {
    @Override
    double[] leaveOneOut(float[] row, int noisy, Transition through) {
      return exponentials(row);
    }

    @Override
    public float[] of(double[] leaveOneOut, int noisy, Transition through) {
      return logarithms(leaveOneOut, Arrays.stream(leaveOneOut).sum());
    }
  },
  /**
   * Logarithms of the ratios p_t(y) / p_t(x_t), for each token y at this position (<a
   * href="https://arxiv.org/abs/2310.16834">SEDD</a>): p_t is p̃ after the noise.
   */
  LOG_SCORES {
    /** A probability below 0, which only scores that cannot be true give, is taken for 0. */
    @Override
    double[] leaveOneOut(float[] row, int noisy, Transition through) {
      double[] clean = through.undo(exponentials(row));
      return Arrays.stream(clean).map(weight -> Math.max(weight, 0)).toArray();
    }

    @Override
    public float[] of(double[] leaveOneOut, int noisy, Transition through) {
      double[] noised = through.apply(leaveOneOut);
      return logarithms(noised, noised[noisy]);
    }
  };

  /** As a sentence says it. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * What a row says, as a row of another meaning.
   *
   * @param row of this meaning, [V]
   * @param noisy x_t at this position
   * @param through q(x_t | x_0)
   */
  public float[] as(RowMeaning other, float[] row, int noisy, Transition through) {
    return other == this ? row : other.of(leaveOneOut(row, noisy, through), noisy, through);
  }

  /** p̃ that a row stands for, [V], which need not sum to 1. */
  abstract double[] leaveOneOut(float[] row, int noisy, Transition through);

  /**
   * The row that p̃ gives.
   *
   * @param leaveOneOut p̃, [V], which need not sum to 1
   */
  public abstract float[] of(double[] leaveOneOut, int noisy, Transition through);

  /** Scaled so that none overflows. */
  private static double[] exponentials(float[] row) {
    double greatest = new Peaks(row).greatest();
    double[] distances = new double[row.length];
    for (int token = 0; token < distances.length; token++) {
      distances[token] = row[token] - greatest;
    }
    double[] weights = new double[row.length];
    Exponential.of(distances, distances.length, weights);
    return weights;
  }

  private static float[] logarithms(double[] weights, double whole) {
    double[] shares = new double[weights.length];
    for (int token = 0; token < shares.length; token++) {
      shares[token] = weights[token] / whole;
    }
    double[] logarithms = new double[weights.length];
    Logarithm.of(shares, shares.length, logarithms);
    float[] row = new float[weights.length];
    for (int token = 0; token < row.length; token++) {
      row[token] = (float) logarithms[token];
    }
    return row;
  }
}
