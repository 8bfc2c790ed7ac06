package dev.unmask.engine.remote;

import dev.unmask.engine.denoiser.Attention;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An attention as a parameter of a request. */
final class AttentionWords {
  private static final Pattern WORDS =
      Pattern.compile("([a-z-]+)(?: ([1-9]\\d{0,8}))?(?: (\\d{1,9}))?");

  private AttentionWords() {}

  static String of(Attention attention) {
    return switch (attention) {
      case Attention.Full _ -> "full";
      case Attention.Causal _ -> "causal";
      case Attention.BlockCausal(int size) -> "block-causal " + size;
      case Attention.BlockDiffusion(int size, int noised) ->
          "block-diffusion " + size + " " + noised;
      case Attention.Shadowed(int first) -> "shadowed " + first;
    };
  }

  static Attention parse(String words) {
    Matcher parts = WORDS.matcher(words);
    if (!parts.matches()) {
      throw unknown(words);
    }
    return switch (parts.group(1)) {
      case "full" -> Attention.FULL;
      case "causal" -> Attention.CAUSAL;
      case "block-causal" -> new Attention.BlockCausal(number(words, parts.group(2)));
      case "block-diffusion" ->
          new Attention.BlockDiffusion(
              number(words, parts.group(2)), number(words, parts.group(3)));
      case "shadowed" -> new Attention.Shadowed(number(words, parts.group(2)));
      default -> throw unknown(words);
    };
  }

  private static int number(String words, String digits) {
    if (digits == null) {
      throw unknown(words);
    }
    return Integer.parseInt(digits);
  }

  private static WireException unknown(String words) {
    return new WireException("it names the unknown attention \"" + words + "\"");
  }
}
