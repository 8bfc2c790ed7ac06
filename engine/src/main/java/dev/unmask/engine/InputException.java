package dev.unmask.engine;

/**
 * Something that a person gave is wrong: a file, an option, a setting. The message is for them: one
 * sentence that names the thing, what is wrong with it and what to do.
 */
public class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a whole sentence. */
  public InputException(String sentence) {
    super(sentence);
  }

  /** With a whole sentence, and what led to it. */
  public InputException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
