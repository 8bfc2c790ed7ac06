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
}
