package dev.unmask.engine.evaluation;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.random.Philox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How well a model predicts a text: a bound on its negative log-likelihood, estimated from samples.
 *
 * @param natsPerToken the estimate
 * @param standardError of the estimate, from how much the samples of each window differ
 * @param tokens in the text
 */
public record TextBound(double natsPerToken, double standardError, long tokens) {
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
   * Estimates it.
   *
   * @param windows each non-empty and no longer than the denoiser's context
   * @param samples of each window, at least 2
   * @throws InputException if there is no bound: a token has no chance at all under the model
   */
  public static TextBound estimate(
      TokenDenoiser denoiser, WindowBound bound, List<int[]> windows, int samples, long seed) {
    double sum = 0;
    double variance = 0;
    for (int i = 0; i < windows.size(); i++) {
      double[] nats = bound.sample(denoiser, windows.get(i), samples, new Philox(seed, i));
      double mean = Arrays.stream(nats).average().orElseThrow();
      if (!Double.isFinite(mean)) {
        throw new InputException(
            "The model gives a token of the text's window %d no chance at all, so the bound is infinite; give another text or model."
                .formatted(i + 1));
      }
      double squares = Arrays.stream(nats).map(x -> (x - mean) * (x - mean)).sum();
      sum += mean;
      variance += squares / (nats.length - 1) / nats.length;
    }
    long tokens = windows.stream().mapToLong(window -> window.length).sum();
    return new TextBound(sum / tokens, Math.sqrt(variance) / tokens, tokens);
  }
}
