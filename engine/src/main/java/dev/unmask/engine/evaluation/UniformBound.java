package dev.unmask.engine.evaluation;

import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.noise.UniformTransition;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Of a model of uniform noise in continuous time: the denoising score entropy with the weight that
 * makes it a bound (https://arxiv.org/abs/2310.16834, theorem 3.6), where α = 1 − t, so that tokens
 * jump at the rate 1 / (1 − t) to any of the vocabulary. The t of a window's samples are
 * stratified.
 */
public record UniformBound(int vocabulary) implements WindowBound {
  /** The ends of time, where rates are infinite, are left out; they hold next to nothing. */
  private static final double EDGE = 1e-4;

  @Override
  public double[] sample(TokenDenoiser denoiser, int[] window, int samples, Philox random) {
    double shift = random.uniform64(Purpose.TIME, Rows.packed(new int[] {0}), 1)[0][0];
    Rows each = Rows.packed(IntStream.range(0, samples).toArray());
    double[][] chances = random.uniform64(Purpose.NOISE, each, 2 * window.length);
    return IntStream.range(0, samples)
        .mapToDouble(
            i -> {
              double u = (shift + (double) i / samples) % 1;
              return at(EDGE + (1 - 2 * EDGE) * u, denoiser, window, chances[i]);
            })
        .toArray();
  }

  private double at(double t, TokenDenoiser denoiser, int[] clean, double[] chances) {
    int[] noisy = clean.clone();
    for (int i = 0; i < noisy.length; i++) {
      if (chances[2 * i] < t) {
        noisy[i] = (int) (chances[2 * i + 1] * vocabulary);
      }
    }
    int[] rows = IntStream.range(0, noisy.length).toArray();
    UniformTransition through = new UniformTransition(vocabulary, 1 - t);
    Prediction prediction =
        denoiser.predict(Request.ofSequence(noisy, Attention.FULL, rows, Optional.empty()).at(t));
    double[] entropies =
        IntStream.of(rows)
            .parallel()
            .mapToDouble(
                i -> {
                  float[] row = prediction.logits()[i];
                  float[] scores =
                      denoiser.rowMeaning().as(RowMeaning.LOG_SCORES, row, noisy[i], through);
                  return scoreEntropy(scores, clean[i], noisy[i], through);
                })
            .toArray();
    double jumps = 1 / ((1 - t) * vocabulary);
    return jumps * IntStream.of(rows).mapToDouble(i -> entropies[i]).sum();
  }

  /** Σ over y ≠ x_t of s_y − r_y log s_y + r_y (log r_y − 1), r the ratio that x_0 gives. */
  private double scoreEntropy(float[] logScores, int clean, int noisy, UniformTransition through) {
    double whole = through.probability(clean, noisy);
    double sum = 0;
    for (int token = 0; token < vocabulary; token++) {
      if (token != noisy) {
        double ratio = through.probability(clean, token) / whole;
        double logRatio = Math.log(ratio);
        sum += Math.exp(logScores[token]) + ratio * (logRatio - 1 - logScores[token]);
      }
    }
    return sum;
  }

  @Override
  public String words() {
    return "the bound of uniform noise in continuous time, times spread evenly over the samples";
  }
}
