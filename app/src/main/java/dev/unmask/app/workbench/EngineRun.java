package dev.unmask.app.workbench;

import dev.unmask.app.debugger.Stop;
import dev.unmask.app.picture.History;
import dev.unmask.app.picture.Plan;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.run.Moment;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.trace.StepRecord;
import dev.unmask.engine.trace.TraceRecorder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** A run on the engine's thread, recorded to a file while it goes on. */
final class EngineRun implements Run {
  private static final System.Logger LOG = System.getLogger(EngineRun.class.getName());

  private final Beginning beginning;
  private final Function<String, Model> models;
  private final Function<Beginning, Path> files;
  private final ReentrantLock recording = new ReentrantLock();
  private final FutureTask<Void> task = new FutureTask<>(this::run, null);
  private final BlockingQueue<Function<Moment, Optional<Stop>>> orders =
      new LinkedBlockingQueue<>();
  private volatile Optional<Stop> stopped = Optional.empty();
  private volatile int firstShown;
  private volatile Optional<Path> file = Optional.empty();
  private volatile Progress progress;

  /**
   * A run that waits for its {@link #task} to be called.
   *
   * @param models loads a model; called on the engine's thread
   * @param files says where it is recorded; called on the engine's thread
   */
  EngineRun(Beginning beginning, Function<String, Model> models, Function<Beginning, Path> files) {
    this.beginning = beginning;
    this.models = models;
    this.files = files;
    progress =
        new Progress(
            Phase.LOADING, Optional.empty(), "Reading the model " + beginning.model() + " …");
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
  public Optional<Path> file() {
    return file;
  }

  @Override
  public int firstShown() {
    return firstShown;
  }

  @Override
  public void goOn(Function<Moment, Optional<Stop>> until) {
    orders.add(until);
  }

  @Override
  public Optional<Stop> stopped() {
    return stopped;
  }

  @Override
  public void cancel() {
    int steps = progress.history().map(History::steps).orElse(0);
    move(
        Phase.CANCELLED,
        progress.history(),
        "Cancelled after %d step%s; what was recorded stays."
            .formatted(steps, steps == 1 ? "" : "s"));
    // An interrupt would close the file that is being written to; then the loop ends by itself.
    if (recording.tryLock()) {
      try {
        task.cancel(true);
      } finally {
        recording.unlock();
      }
    }
  }

  private void run() {
    try {
      TokenRun run = beginning.start(models.apply(beginning.model()));
      var history = new History(run.trace(), Plan.of(run.trace()));
      Path target = files.apply(beginning);
      try (TraceRecorder recorder =
          TraceRecorder.create(
              target, run.trace().header(), run.trace().state(0), TokenRun.CANDIDATES)) {
        begin(run, history, recorder);
        file = Optional.of(target);
        move(Phase.RUNNING, Optional.of(history), "");
        take(run, history, recorder);
      }
      move(Phase.FINISHED, Optional.of(history), "");
    } catch (InputException e) {
      move(Phase.FAILED, progress.history(), e.getMessage());
    } catch (CancellationException e) {
      LOG.log(System.Logger.Level.DEBUG, "cancelled within a step", e);
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "a run failed", e);
      move(
          Phase.FAILED,
          progress.history(),
          "The run stopped because of a fault in the program (%s); the log has the details."
              .formatted(e));
    }
  }

  /** A branch has its parent's steps. */
  private void begin(TokenRun run, History history, TraceRecorder recorder) {
    history.grow();
    firstShown = history.steps();
    for (int step = 0; step < history.steps(); step++) {
      recorder.append(run.trace().step(step));
    }
  }

  /** Takes the steps; whatever ends them, those that were taken become a trace. */
  private void take(TokenRun run, History history, TraceRecorder recorder) {
    try {
      Function<Moment, Optional<Stop>> until = ordered();
      while (progress.phase() == Phase.RUNNING && !run.finished()) {
        StepRecord step = run.step();
        undisturbed(() -> recorder.append(step));
        history.grow();
        until = orders.isEmpty() ? until : ordered();
        Optional<Stop> stop = until.apply(run.moment());
        if (stop.isPresent()) {
          stopped = stop;
          until = run.finished() ? until : pause(history);
        }
      }
    } finally {
      undisturbed(recorder::finish);
    }
  }

  private Function<Moment, Optional<Stop>> pause(History history) {
    move(Phase.PAUSED, Optional.of(history), "");
    Function<Moment, Optional<Stop>> until = ordered();
    move(Phase.RUNNING, Optional.of(history), "");
    return until;
  }

  /** Waits to be told how far to go. */
  private Function<Moment, Optional<Stop>> ordered() {
    try {
      return orders.take();
    } catch (InterruptedException e) {
      var cancelled = new CancellationException("interrupted between steps");
      cancelled.initCause(e);
      throw cancelled;
    }
  }

  private void undisturbed(Runnable writing) {
    recording.lock();
    try {
      // An interrupt that came before has done its work: the phase says so.
      Thread.interrupted();
      writing.run();
    } finally {
      recording.unlock();
    }
  }

  /** Goes on to another phase, unless the run has ended. */
  private synchronized void move(Phase phase, Optional<History> history, String sentence) {
    if (progress.phase().live()) {
      progress = new Progress(phase, history, sentence);
    }
  }
}
