package dev.unmask.app.cli;

import dev.unmask.engine.InputException;
import dev.unmask.engine.convert.Conversion;
import dev.unmask.engine.trace.TraceKind;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The window on a trace. */
@Command(name = "open", description = "Opens the window on a recorded run, finished or stopped.")
final class OpenCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      description =
          "A trace, the .part of a run that was stopped, or what unmask convert reads of other"
              + " tools.")
  private Path file;

  @Mixin private SamplerConsent consent;

  @Mixin private DeviceOption device;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    // What cannot be read is told here and not in a window.
    check();
    if (!Window.canBeSeen()) {
      throw new InputException(
          "There is no display to open a window on; unmask export paints %s without one."
              .formatted(file));
    }
    Unmask.window(spec).show(Unmask.home(spec), Optional.of(file));
    return 0;
  }

  private void check() {
    if (TraceKind.IMAGES.is(file)) {
      TraceKind.IMAGES.open(file).close();
    } else if (TraceKind.TRAININGS.is(file)) {
      TraceKind.TRAININGS.open(file).close();
    } else {
      try (var trace = Conversion.open(file)) {
        consent.settle(trace);
      }
    }
  }
}
