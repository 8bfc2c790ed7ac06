package dev.unmask.app.cli;

import dev.unmask.app.session.Home;
import dev.unmask.engine.InputException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The window, as far as commands open it; the program that has both gives it to them. */
public interface Window {
  /** Where there is none. */
  Window NONE =
      new Window() {
        @Override
        public void show(Home home, Optional<Path> trace) {
          throw new InputException("There is no window here; use one of the commands.");
        }

        @Override
        public Optional<Instant> start(Home home) {
          throw new InputException("There is no window here to measure.");
        }

        @Override
        public String measure(Path trace, Path folder) {
          throw new InputException("There is no window here to measure.");
        }
      };

  /**
   * Shows it until it is closed.
   *
   * @param home what the program keeps for itself
   * @param trace that it is opened on; a running example where there is none
   */
  void show(Home home, Optional<Path> trace) throws InterruptedException;

  /**
   * Shows it on a running example, and closes it when a step is seen.
   *
   * @param home what the program keeps for itself
   * @return when that was; empty where somebody closed it before
   */
  Optional<Instant> start(Home home) throws InterruptedException;

  /**
   * Opens it on a trace and scrubs through it.
   *
   * @param folder an empty one for what it keeps
   * @return what that took, in lines
   */
  String measure(Path trace, Path folder);

  /** Lets one be opened where none can be seen. */
  static void unseen() {
    if (!canBeSeen()) {
      System.setProperty("glass.platform", "Headless");
      System.setProperty("prism.order", "sw");
    }
  }

  /** Whether one can be seen: on Linux JavaFX needs an X display; elsewhere there always is one. */
  static boolean canBeSeen() {
    boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
    String display = System.getenv("DISPLAY");
    return !linux || display != null && !display.isBlank();
  }
}
