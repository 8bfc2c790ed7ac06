package dev.unmask.engine.trace;

/**
 * Bits that say why a position is not the sampler's to choose; a position's marks are their sum.
 */
public final class Mark {
  /** Given as the prompt. */
  public static final byte PROMPT = 1;

  /** Given by the user, anywhere in the sequence. */
  public static final byte PINNED = 2;

  /** Set by the user at some step, and free again afterwards. */
  public static final byte SET = 4;

  private Mark() {}

  /** Whether a position with these marks was given, so that no sampler may change it. */
  public static boolean given(byte marks) {
    return (marks & (PROMPT | PINNED)) != 0;
  }

  /** How many positions the prompt takes: all up to its last one. */
  public static int promptLength(byte[] marks) {
    int length = marks.length;
    while (length > 0 && (marks[length - 1] & PROMPT) == 0) {
      length--;
    }
    return length;
  }

  /** The marks, but for masks among what is given: those are free to be filled. */
  public static byte[] freeWhereMasked(byte[] marks, int[] tokens, int maskId) {
    byte[] free = marks.clone();
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] == maskId) {
        free[i] &= ~(PROMPT | PINNED);
      }
    }
    return free;
  }
}
