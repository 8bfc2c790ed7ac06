package dev.unmask.app;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.unmask.app.cli.Unmask;
import dev.unmask.app.cli.Window;
import dev.unmask.app.session.Fault;
import dev.unmask.app.session.Home;
import dev.unmask.app.session.Log;
import dev.unmask.app.session.RunRequest;
import dev.unmask.app.window.Workbench;
import dev.unmask.app.window.WorkbenchBenchmark;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.tensor.ForeignFunction;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The main class, which alone knows both the command line and the window. It is no Application, so
 * that JavaFX may come from the class path.
 */
public final class Launcher {
  // Held, because the log manager forgets loggers that nobody holds.
  private static final Logger JAVAFX = Logger.getLogger("javafx");

  private static final Window WINDOW =
      new Window() {
        @Override
        public void show(Home home, Optional<Path> trace) throws InterruptedException {
          Workbench workbench = workbench(home);
          if (trace.isPresent()) {
            workbench.open(trace.get());
          } else {
            workbench.run();
          }
        }

        @Override
        public Optional<Instant> start(Home home) throws InterruptedException {
          return workbench(home).measure();
        }

        private Workbench workbench(Home home) {
          return new Workbench(new ModelFolders(Assets.models()), home, RunRequest.EXAMPLE);
        }

        @Override
        public String measure(Path trace, Path folder) {
          return WorkbenchBenchmark.measure(trace, folder).lines();
        }
      };

  private Launcher() {}

  /** Runs a command; without one it opens the window. */
  public static void main(String[] args) {
    StandardError.takeBack();
    JAVAFX.setLevel(Level.SEVERE);
    Log.keepIn(() -> Home.of(Optional.empty(), System.getenv()).log());
    Fault.tellUncaught(Unmask::tell);
    System.exit(Unmask.execute(WINDOW, args));
  }

  /**
   * The process's error stream, in place of which a start script has put a filter for what the JVM
   * says before the program runs.
   */
  static final class StandardError {
    /** The system property that gives the number of the true stream's descriptor. */
    private static final String PROPERTY = "unmask.stderr";

    private static final int STANDARD_ERROR = 2;

    private StandardError() {}

    /**
     * Puts the true stream in the filter's place, for Java, native libraries and their children.
     */
    static void takeBack() {
      Integer kept = Integer.getInteger(PROPERTY);
      if (kept != null) {
        call("dup2", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), kept, STANDARD_ERROR);
        call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), kept);
      }
    }

    private static void call(String function, FunctionDescriptor type, Object... arguments) {
      ForeignFunction.call(Linker.nativeLinker().defaultLookup(), function, type, arguments);
    }
  }
}
