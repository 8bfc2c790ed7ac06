package dev.unmask.engine.sampler.block;

import dev.unmask.engine.denoiser.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** When a block-wise sampler stops because the text has ended. */
enum EarlyStop {
  /** Never: everything is filled. */
  FALSE,
  /** As soon as nothing is masked before a token that ends the text. */
  TRUE,
  /**
   * The same, but only in a step that written such a token, and never if the prompt has one, as
   * diffusers stops.
   */
  AT_COMMIT,
  /** When a block is done and nothing is masked up to its end, as LLaDA2.1's program stops. */
  AT_BLOCK,
  /**
   * Not at all, but a block that has such a token, be it the prompt's, is left as it is, as dllm's
   * program for LLaDA2 does.
   */
  LEAVE_BLOCK;

  /** As settings write them. */
  static final List<String> WORDS =
      Arrays.stream(values())
          .map(stop -> stop.name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .toList();

  static EarlyStop named(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /**
   * What a step left.
   *
   * @param tokens up to the end of the block
   * @param answer where the answer starts
   * @param from where the block starts
   * @param written the tokens that the step written
   */
  record Text(int[] tokens, int answer, int from, int[] written, Vocabulary vocabulary) {
    private boolean ends(int token) {
      return Arrays.stream(vocabulary.endIds()).anyMatch(end -> end == token);
    }

    /** The first end from a position on, the length if there is none. */
    private int end(int start) {
      return IntStream.range(start, tokens.length)
          .filter(i -> ends(tokens[i]))
          .findFirst()
          .orElse(tokens.length);
    }

    private boolean hasEnd(int start) {
      return end(start) < tokens.length;
    }

    private boolean isFilled(int to) {
      return IntStream.range(answer, to).allMatch(i -> tokens[i] != vocabulary.maskId());
    }
  }

  /** Whether the run is over before its block is. */
  boolean endsRun(Text text) {
    return switch (this) {
      case TRUE -> text.hasEnd(text.answer) && text.isFilled(text.end(text.answer));
      case AT_COMMIT ->
          Arrays.stream(text.written).anyMatch(text::ends)
              && text.hasEnd(0)
              && text.end(0) >= text.answer
              && text.isFilled(text.end(0));
      default -> false;
    };
  }

  /** Whether the block is over before it is done. */
  boolean endsBlock(Text text) {
    return this == LEAVE_BLOCK && text.hasEnd(text.from);
  }

  /** Whether the run is over when its block is. */
  boolean endsRunWithBlock(Text text) {
    return this == AT_BLOCK && text.hasEnd(text.answer) && text.isFilled(text.tokens.length);
  }
}
