package dev.unmask.engine.run;

import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.trace.Mark;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where a run starts. */
public sealed interface Start {
  /**
   * A sequence.
   *
   * @param tokens what is given, the mask elsewhere
   * @param marks of {@link Mark}, one a position
   */
  record Tokens(int[] tokens, byte[] marks) implements Start {}

  /**
   * A batch of images.
   *
   * @param labels one an image: a class, or the number of classes for none
   * @param given empty for pure noise
   */
  record Images(List<Integer> labels, Optional<Given> given) implements Start {
    /** Out of pure noise. */
    public Images(List<Integer> labels) {
      this(labels, Optional.empty());
    }
  }

  /**
   * Clean images that a run starts with.
   *
   * @param clean image after image, [N × C × H × W]
   * @param noise standard normal numbers that noise them, shaped as they are
   * @param time t to which they are noised first, in [0, 1]; an inverting sampler starts at 0
   * @param source in words
   */
  record Given(float[] clean, float[] noise, double time, String source) {}

  /** A prompt followed by masks, {@code length} positions together. */
  static Tokens of(int[] prompt, int length, int maskId) {
    if (length < 1) {
      throw new InputException("The length is %d; give at least 1.".formatted(length));
    }
    if (prompt.length >= length) {
      throw new InputException(
          "The prompt has %d tokens, which leaves nothing to fill of a length of %d; shorten it or raise the length."
              .formatted(prompt.length, length));
    }
    int[] tokens = Arrays.copyOf(prompt, length);
    Arrays.fill(tokens, prompt.length, length, maskId);
    byte[] marks = new byte[length];
    Arrays.fill(marks, 0, prompt.length, Mark.PROMPT);
    return new Tokens(tokens, marks);
  }

  /** What an {@link Infill} gives, {@code length} tokens together. */
  static Tokens of(String prompt, int length, Model model) {
    return Infill.of(prompt).start(model.tokenizer()::encode, length, model.vocabulary().maskId());
  }
}
