package dev.unmask.engine.checkpoint.jinja;

/** A template cannot be read or filled in; the message is the end of a sentence that says why. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Characters of a template that a message quotes. */
  private static final int LONGEST = 200;

  TemplateException(String message) {
    super(message);
  }

  /** As much of a template as a sentence has room for, in one line. */
  static String cut(String code) {
    String line = code.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
