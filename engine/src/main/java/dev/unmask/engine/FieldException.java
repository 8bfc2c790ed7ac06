package dev.unmask.engine;

import java.util.Optional;

/** One field of what a person asked for is wrong, by itself or with the others. */
public class FieldException extends InputException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String instead;

  /** With a whole sentence. */
  public FieldException(String field, String sentence) {
    this(field, "", sentence);
  }

  /**
   * With a whole sentence, where one value suggests itself.
   *
   * @param instead what the field may say
   */
  public FieldException(String field, String instead, String sentence) {
    super(sentence);
    this.field = field;
    this.instead = instead;
  }

  /** With a whole sentence, and what led to it. */
  public FieldException(String field, String sentence, Throwable cause) {
    super(sentence, cause);
    this.field = field;
    this.instead = "";
  }

  /** Which: {@code model}, {@code length}, a setting's name and so on. */
  public String field() {
    return field;
  }

  /** What it may say, where one value suggests itself. */
  public Optional<String> instead() {
    return Optional.of(instead).filter(value -> !value.isEmpty());
  }
}
