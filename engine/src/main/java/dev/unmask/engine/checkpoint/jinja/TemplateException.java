package dev.unmask.engine.checkpoint.jinja;

/** A template cannot be read or filled in; the message is the end of a sentence that says why. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TemplateException(String message) {
    super(message);
  }
}
