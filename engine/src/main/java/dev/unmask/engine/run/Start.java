package dev.unmask.engine.run;

import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.trace.Mark;
import java.util.Arrays;

/**
 * Where a run starts.
 *
 * @param tokens what is given, the mask elsewhere
 * @param marks of {@link Mark}, one a position
 */
public record Start(int[] tokens, byte[] marks) {
  /** A prompt followed by masks, {@code length} positions together. */
  public static Start of(int[] prompt, int length, int maskId) {
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
    return new Start(tokens, marks);
  }

  /** What an {@link Infill} gives, {@code length} tokens together. */
  public static Start of(String prompt, int length, Model model) {
    return Infill.of(prompt).start(model.tokenizer()::encode, length, model.vocabulary().maskId());
  }
}
