package dev.unmask.app.cli;

import dev.unmask.app.TemporaryFolder;
import dev.unmask.engine.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Opens the window on a large trace and scrubs through it. */
@Command(
    name = "window",
    description =
        "Opens the window on a large trace, scrubs through it, and prints what that took, on"
            + " JavaFX's software pipeline.",
    showDefaultValues = true)
final class WindowBenchCommand implements Callable<Integer> {
  @Option(
      names = "--tokens",
      converter = OptionValues.Size.class,
      paramLabel = "N",
      description = "Positions of the trace.")
  private int tokens = 1024;

  @Option(
      names = "--steps",
      converter = OptionValues.Size.class,
      paramLabel = "S",
      description = "Steps of the trace.")
  private int steps = 512;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    System.setProperty("prism.order", "sw");
    Window.unseen();
    try (var folder = new TemporaryFolder("unmask-bench")) {
      Path trace = new LargeTrace(tokens, steps).write(folder.path());
      spec.commandLine().getOut().print(Unmask.window(spec).measure(trace, folder.path()));
      spec.commandLine().getOut().flush();
    } catch (IOException e) {
      throw new InputException(
          "The trace to measure with cannot be written (%s); make room for temporary files."
              .formatted(e.getMessage()),
          e);
    }
    return 0;
  }
}
