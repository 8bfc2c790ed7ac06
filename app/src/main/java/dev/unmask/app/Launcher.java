package dev.unmask.app;

import dev.unmask.app.cli.Unmask;
import dev.unmask.app.session.Fault;
import dev.unmask.app.session.Home;
import dev.unmask.app.session.Log;
import dev.unmask.engine.tensor.Accelerator;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The main class. It is no Application, so that JavaFX may come from the class path. */
public final class Launcher {
  // Held, because the log manager forgets loggers that nobody holds.
  private static final Logger JAVAFX = Logger.getLogger("javafx");

  private Launcher() {}

  /** Runs a command; without one it opens the window. */
  public static void main(String[] args) {
    StandardError.takeBack();
    JAVAFX.setLevel(Level.SEVERE);
    Log.keepIn(() -> Home.of(Optional.empty(), System.getenv()).log());
    Fault.tellUncaught(Unmask::tell);
    Accelerator.probe().notice().ifPresent(System.err::println);
    System.exit(Unmask.execute(args));
  }
}
