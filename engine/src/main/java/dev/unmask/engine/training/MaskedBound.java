package dev.unmask.engine.training;

import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How well a masked diffusion model predicts a text: LLaDA's Monte Carlo estimate of its bound on
 * the negative log-likelihood (https://arxiv.org/abs/2502.09992, equation 6). Of the n tokens of a
 * window, l are masked, l uniform in 1 to n, and their cross-entropies are weighted by n / l.
 *
 * @param natsPerToken the estimate
 * @param standardError of the estimate, from how much the passes differ
 * @param tokens in the text
 */
public record MaskedBound(double natsPerToken, double standardError, long tokens) {
  /** Steps of this, modulo 1, lie evenly in [0, 1) however many they are. */
  private static final double GOLDEN_RATIO = 0.6180339887498949;

  /** Cuts documents into windows that overlap nowhere; each document's last may be shorter. */
  public static List<int[]> windows(List<int[]> documents, int length) {
    List<int[]> windows = new ArrayList<>();
    for (int[] document : documents) {
      for (int start = 0; start < document.length; start += length) {
        windows.add(Arrays.copyOfRange(document, start, Math.min(start + length, document.length)));
      }
    }
    return windows;
  }

  /**
   * Estimates the bound.
   *
   * @param windows each non-empty and no longer than the denoiser's context
   * @param passes at least 2; each masks every window once, the l of a pass evenly spread
   */
  public static MaskedBound estimate(
      TokenDenoiser denoiser, int maskId, List<int[]> windows, int passes, long seed) {
    long tokens = windows.stream().mapToLong(window -> window.length).sum();
    double[] estimates = new double[passes];
    for (int pass = 0; pass < passes; pass++) {
      estimates[pass] = pass(denoiser, maskId, windows, new Philox(seed, pass)) / tokens;
    }
    double mean = Arrays.stream(estimates).average().orElseThrow();
    double squares = Arrays.stream(estimates).map(e -> (e - mean) * (e - mean)).sum();
    return new MaskedBound(mean, Math.sqrt(squares / (passes - 1) / passes), tokens);
  }

  private static double pass(
      TokenDenoiser denoiser, int maskId, List<int[]> windows, Philox random) {
    double shift = random.uniform64(Purpose.TIME, Rows.packed(new int[] {0}), 1)[0][0];
    double sum = 0;
    for (int i = 0; i < windows.size(); i++) {
      int[] window = windows.get(i);
      int masked = 1 + (int) ((shift + i * GOLDEN_RATIO) % 1 * window.length);
      double[] order =
          random.uniform64(Purpose.NOISE, Rows.packed(new int[] {i}), window.length)[0];
      int[] rows =
          IntStream.range(0, window.length)
              .boxed()
              .sorted(Comparator.comparingDouble(position -> order[position]))
              .limit(masked)
              .mapToInt(Integer::intValue)
              .sorted()
              .toArray();
      sum += crossEntropy(denoiser, maskId, window, rows) * window.length / masked;
    }
    return sum;
  }

  private static double crossEntropy(TokenDenoiser denoiser, int maskId, int[] clean, int[] rows) {
    int[] ids = clean.clone();
    for (int row : rows) {
      ids[row] = maskId;
    }
    Prediction prediction =
        denoiser.predict(Request.ofSequence(ids, Attention.FULL, rows, Optional.empty()));
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      sum += crossEntropy(prediction.logits()[i], clean[rows[i]]);
    }
    return sum;
  }

  private static double crossEntropy(float[] logits, int target) {
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
