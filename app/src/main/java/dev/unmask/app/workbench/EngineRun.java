package dev.unmask.app.workbench;

import dev.unmask.app.picture.Plan;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.run.TokenRun;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/** A run on the engine's thread. */
final class EngineRun implements Run {
  private static final System.Logger LOG = System.getLogger(EngineRun.class.getName());

  private final RunRequest request;
  private final Function<String, Model> models;
  private final FutureTask<Void> task = new FutureTask<>(this::run, null);
  private volatile Progress progress;

  /**
   * A run that waits for its {@link #task} to be called.
   *
   * @param models loads a model; called on the engine's thread
   */
  EngineRun(RunRequest request, Function<String, Model> models) {
    this.request = request;
    this.models = models;
    progress =
        new Progress(
            Phase.LOADING, Optional.empty(), "Reading the model " + request.model() + " …");
  }

  /** All the work. */
  Runnable task() {
    return task;
  }

  @Override
  public Progress progress() {
    return progress;
  }

  @Override
  public void cancel() {
    int steps = progress.recording().map(r -> r.trace().steps()).orElse(0);
    move(
        Phase.CANCELLED,
        progress.recording(),
        "Cancelled after %d step%s; what was recorded stays."
            .formatted(steps, steps == 1 ? "" : "s"));
    task.cancel(true);
  }

  private void run() {
    try {
      Model model = models.apply(request.model());
      TokenRun run = request.start(model, RandomKind.PHILOX);
      var recording = Optional.of(new Recording(run.trace(), Plan.of(run.sampler())));
      move(Phase.RUNNING, recording, "");
      while (progress.phase() == Phase.RUNNING && !run.finished()) {
        run.step();
      }
      move(Phase.FINISHED, recording, "");
    } catch (InputException e) {
      move(Phase.FAILED, progress.recording(), e.getMessage());
    } catch (CancellationException e) {
      LOG.log(System.Logger.Level.DEBUG, "cancelled within a step", e);
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "a run failed", e);
      move(
          Phase.FAILED,
          progress.recording(),
          "The run stopped because of a fault in the program (%s); the log has the details."
              .formatted(e));
    }
  }

  /** Goes on to another phase, unless the run has ended. */
  private synchronized void move(Phase phase, Optional<Recording> recording, String sentence) {
    if (progress.phase().live()) {
      progress = new Progress(phase, recording, sentence);
    }
  }
}
