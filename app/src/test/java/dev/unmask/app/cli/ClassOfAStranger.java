package dev.unmask.app.cli;

/** On the class path, so that a trace can name it. */
final class ClassOfAStranger {
  static final String MARK = "unmask.test.stranger";

  static {
    System.setProperty(MARK, "ran");
  }

  private ClassOfAStranger() {}
}
