package dev.unmask.app.cli;

import java.util.Locale;

/** Whether a window can be shown. */
final class Display {
  private Display() {}

  /** On Linux JavaFX needs an X display; elsewhere there always is one. */
  static boolean isPresent() {
    boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
    String display = System.getenv("DISPLAY");
    return !linux || display != null && !display.isBlank();
  }
}
