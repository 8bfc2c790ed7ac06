package dev.unmask.app.cli;

import dev.unmask.app.TemporaryFolder;
import dev.unmask.app.session.Home;
import dev.unmask.engine.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Opens the window on the example until a step is seen; the build learns from it what is loaded.
 */
@Command(
    name = "start",
    description =
        "Opens the window on the example, and prints how long after the program was started a step is seen.")
final class StartBenchCommand implements Callable<Integer> {
  private static final double SECOND = 1000;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Window.unseen();
    Instant started = ProcessHandle.current().info().startInstant().orElseThrow();
    try (var folder = new TemporaryFolder("unmask-bench")) {
      PrintWriter out = spec.commandLine().getOut();
      Unmask.window(spec)
          .start(new Home(folder.path()))
          .map(seen -> Duration.between(started, seen).toMillis() / SECOND)
          .ifPresent(seconds -> out.printf("a step is seen after %.2f s%n", seconds));
      out.flush();
    } catch (IOException e) {
      throw new InputException(
          "The window has no room for what it keeps (%s); make room for temporary files."
              .formatted(e.getMessage()),
          e);
    }
    return 0;
  }
}
