package dev.unmask.app.cli;

import dev.unmask.engine.AtomicFile;
import dev.unmask.engine.InputException;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TraceRecorder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a run is recorded, if that was asked for.
 *
 * @param err is told where the steps are if the run ends before its time
 */
record TraceOutput(Optional<Path> trace, PrintWriter err) {
  /** Checks the place before anything is computed. */
  TraceOutput {
    trace.ifPresent(AtomicFile::check);
  }

  /**
   * Records a run, the steps that it has already included.
   *
   * @param way takes the run to its end, handing on each step
   */
  public void of(TokenRun run, Consumer<Consumer<TokenRecord>> way) {
    trace.ifPresentOrElse(file -> record(file, run, way), () -> way.accept(_ -> {}));
  }

  private void record(Path file, TokenRun run, Consumer<Consumer<TokenRecord>> way) {
    try (var recorder = TraceRecorder.create(file, run.trace())) {
      Thread farewell = new Thread(() -> tellWhereTheStepsAre(file));
      Runtime.getRuntime().addShutdownHook(farewell);
      try {
        way.accept(recorder::append);
      } catch (InputException failure) {
        // A sampler of one's own threw, or a server went away: the steps before it are a trace.
        recorder.finish();
        err.println("The steps so far are in " + file + ".");
        throw failure;
      } finally {
        Runtime.getRuntime().removeShutdownHook(farewell);
      }
      recorder.finish();
    }
  }

  private void tellWhereTheStepsAre(Path file) {
    err.println("Stopped; the steps so far are in " + TraceRecorder.partOf(file) + ".");
    err.flush();
  }
}
