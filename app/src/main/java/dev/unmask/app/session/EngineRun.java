package dev.unmask.app.session;

import dev.unmask.app.picture.History;
import dev.unmask.app.picture.Plan;
import dev.unmask.engine.FieldException;
import dev.unmask.engine.InputException;
import dev.unmask.engine.check.Moment;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TraceKind;
import dev.unmask.engine.trace.TraceRecorder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A run on the engine's thread, recorded to a file while it goes on. It takes the thread for one
 * step at a time, so that another run can begin, or fail to, while this one goes on.
 */
final class EngineRun implements Run {
  private final Beginning beginning;
  private final Function<String, Model> models;
  private final Function<Beginning, Path> files;
  private final SamplerPermission samplers;
  private final Executor engine;
  private final ReentrantLock turning = new ReentrantLock();
  private final Queue<Function<Moment, Optional<Stop>>> orders = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean due = new AtomicBoolean();
  private volatile Optional<Stop> stopped = Optional.empty();
  private volatile List<RunRequest> madeWith = List.of();
  private volatile int firstShown;
  private volatile Optional<Path> file = Optional.empty();
  private volatile Optional<Problem> problem = Optional.empty();
  private volatile Progress progress;
  // What follows belongs to the engine's thread, but for the thread itself, which is locked.
  private Optional<Taking> taking = Optional.empty();
  private Optional<Function<Moment, Optional<Stop>>> until = Optional.empty();
  private Thread working;
  private Optional<EngineRun> parent;
  private final List<EngineRun> waiting = new ArrayList<>();
  private boolean ended;

  /** What a run is taken with. */
  private record Taking(
      Model model,
      TokenRun run,
      History history,
      TraceRecorder<TokenState, TokenRecord> recorder) {}

  /**
   * A run that waits for its first {@link #turn}.
   *
   * @param parent that it goes on from, if that is live; it begins when that has ended
   * @param models loads a model; called on the engine's thread
   * @param files says where it is recorded; called on the engine's thread
   * @param samplers those of people's own that may be run
   * @param engine does one thing after the other
   */
  EngineRun(
      Beginning beginning,
      Optional<EngineRun> parent,
      Function<String, Model> models,
      Function<Beginning, Path> files,
      SamplerPermission samplers,
      Executor engine) {
    this.beginning = beginning;
    this.parent = parent;
    this.models = models;
    this.files = files;
    this.samplers = samplers;
    this.engine = engine;
    progress =
        new Progress(
            Phase.LOADING,
            Optional.empty(),
            parent.isPresent()
                ? "Taking the run that it branches from to its end first …"
                : "Reading the model " + beginning.model() + " …");
  }

  @Override
  public Progress progress() {
    return progress;
  }

  @Override
  public Optional<Problem> problem() {
    return problem;
  }

  @Override
  public Optional<RunRequest> asked() {
    return beginning instanceof RunRequest request ? Optional.of(request) : Optional.empty();
  }

  @Override
  public List<RunRequest> madeWith() {
    return madeWith;
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
    proceed();
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
    locked(
        () -> {
          if (working != null) {
            working.interrupt();
          }
        });
    proceed();
  }

  /** Whether it still computes with a model; on the engine's thread. */
  boolean uses(Model model) {
    return taking.filter(now -> now.model == model).isPresent();
  }

  /** Has its turn as soon as the engine gets to it. */
  void proceed() {
    if (due.compareAndSet(false, true)) {
      engine.execute(this::turn);
    }
  }

  /** Begins, or takes a step, or ends, and asks for the next turn if there is more to do. */
  private void turn() {
    due.set(false);
    locked(() -> working = Thread.currentThread());
    try {
      if (progress.phase() == Phase.LOADING) {
        if (waits()) {
          return;
        }
        begin();
      }
      boolean more = progress.phase().live() && step();
      if (!progress.phase().live()) {
        end();
      }
      if (more) {
        proceed();
      }
    } catch (CancellationException _) {
      end();
    } catch (RuntimeException | Error e) {
      fail(e);
    } finally {
      locked(
          () -> {
            working = null;
            // An interrupt that came before has done its work: the phase says so.
            Thread.interrupted();
          });
    }
  }

  /** Its parent wakes it when that has ended. */
  private boolean waits() {
    Optional<EngineRun> live = parent.filter(run -> !run.ended);
    live.ifPresent(run -> run.waiting.add(this));
    return live.isPresent();
  }

  /** A branch has its parent's steps. */
  private void begin() {
    parent = Optional.empty();
    Model model = model();
    TokenRun run = beginning.start(model, samplers);
    int[] arrivals = beginning.origin().map(EngineRun::arrivals).orElseGet(() -> new int[0]);
    var history = new History(run.trace(), Plan.of(run.replay()), arrivals);
    Path target = files.apply(beginning);
    var recorder = TraceRecorder.create(target, run.trace());
    taking = Optional.of(new Taking(model, run, history, recorder));
    history.grow();
    firstShown = history.steps();
    madeWith =
        RunRequest.all(run.trace()).stream()
            .map(segment -> asked().map(segment::asWritten).orElse(segment))
            .toList();
    file = Optional.of(target);
    move(Phase.RUNNING, Optional.of(history), "");
  }

  private static int[] arrivals(Path parent) {
    try (var trace = TraceKind.TOKENS.open(parent)) {
      return History.arrivals(trace);
    }
  }

  /** Whatever is wrong with it is wrong with the model that was asked for. */
  private Model model() {
    try {
      return models.apply(beginning.model());
    } catch (FieldException e) {
      throw e;
    } catch (InputException e) {
      throw new FieldException("model", e.getMessage(), e);
    }
  }

  /** Takes a step if it was told to; whether it may take another. */
  private boolean step() {
    Taking now = taking.orElseThrow();
    Optional<Function<Moment, Optional<Stop>>> order = Optional.ofNullable(orders.poll());
    if (order.isPresent()) {
      until = order;
      move(Phase.RUNNING, Optional.of(now.history), "");
    }
    if (now.run.finished()) {
      end();
      move(Phase.FINISHED, Optional.of(now.history), "");
      return false;
    }
    if (until.isEmpty() || progress.phase() != Phase.RUNNING) {
      return false;
    }
    TokenRecord step = now.run.step();
    now.recorder.append(step);
    now.history.grow();
    Optional<Stop> stop = until.get().apply(now.run.moment());
    if (stop.isPresent()) {
      stopped = stop;
      if (!now.run.finished() && orders.isEmpty()) {
        move(Phase.PAUSED, Optional.of(now.history), "");
        return false;
      }
    }
    return true;
  }

  /** Whatever ends the steps, those that were taken become a trace. */
  private void end() {
    Optional<Taking> last = taking;
    taking = Optional.empty();
    ended = true;
    try {
      last.ifPresent(
          taken -> {
            try (taken.recorder) {
              taken.recorder.finish();
            }
          });
    } finally {
      waiting.forEach(EngineRun::proceed);
      waiting.clear();
    }
  }

  private void fail(Throwable thrown) {
    try {
      end();
    } catch (RuntimeException e) {
      thrown.addSuppressed(e);
    }
    if (progress.phase().live()) {
      Problem told = Problem.of(thrown);
      problem = Optional.of(told);
      move(Phase.FAILED, progress.history(), told.sentence());
    }
  }

  private void locked(Runnable work) {
    turning.lock();
    try {
      work.run();
    } finally {
      turning.unlock();
    }
  }

  /** Goes on to another phase, unless the run has ended. */
  private synchronized void move(Phase phase, Optional<History> history, String sentence) {
    if (progress.phase().live()) {
      progress = new Progress(phase, history, sentence);
    }
  }
}
