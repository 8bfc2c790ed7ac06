package dev.unmask.app.corruption;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A token of a text under noise.
 *
 * @param text what stands there; empty where it is masked
 * @param clean what stood there
 * @param last what stands there in the end, for which there is room from the first
 * @param state what became of it
 */
public record NoisedWord(String text, String clean, String last, State state) {
  /** What noise did to a token, or what denoising did after it. */
  public enum State {
    /** Nothing. */
    KEPT,
    /** It is masked. */
    MASKED,
    /** It is another. */
    REPLACED,
    /** It was another or masked, and is what it was. */
    RETURNED
  }

  /** The tokens of a text after noise. */
  static List<NoisedWord> of(
      int[] clean, int[] noisy, int[] last, int maskId, IntFunction<String> texts) {
    return IntStream.range(0, noisy.length)
        .mapToObj(
            i -> {
              boolean masked = noisy[i] == maskId;
              State unmasked = noisy[i] == clean[i] ? State.KEPT : State.REPLACED;
              return new NoisedWord(
                  masked ? "" : texts.apply(noisy[i]),
                  texts.apply(clean[i]),
                  last[i] == maskId ? "" : texts.apply(last[i]),
                  masked ? State.MASKED : unmasked);
            })
        .toList();
  }

  /** The tokens of a text that came back, or did not. */
  public static List<NoisedWord> back(
      int[] clean, int[] noisy, int[] result, int maskId, IntFunction<String> texts) {
    List<NoisedWord> words = of(clean, result, result, maskId, texts);
    return IntStream.range(0, noisy.length)
        .mapToObj(
            i ->
                result[i] == clean[i] && noisy[i] != clean[i]
                    ? words.get(i).returned()
                    : words.get(i))
        .toList();
  }

  private NoisedWord returned() {
    return new NoisedWord(text, clean, last, State.RETURNED);
  }
}
