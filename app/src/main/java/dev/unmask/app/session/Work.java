package dev.unmask.app.session;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * What is done beside the window, so that it never waits: of one kind the latest wins, and what was
 * asked for before is given up. Whatever ends it but its own end is told in a sentence.
 */
public final class Work {
  private final Executor thread;
  private Future<?> latest = CompletableFuture.completedFuture(null);

  /** Nothing yet, on a thread that does one thing after the other. */
  public Work(Executor thread) {
    this.thread = thread;
  }

  /**
   * Does something in place of what was asked for before.
   *
   * @param problem is told why it could not be done, on the thread that does it
   */
  public void start(Runnable job, Consumer<String> problem) {
    cancel();
    latest = begin(thread, job, problem);
  }

  /** Gives up what is done, at the next place where it can be interrupted. */
  public void cancel() {
    latest.cancel(true);
  }

  /** Whether something is done, or waits to be. */
  public boolean goesOn() {
    return !latest.isDone();
  }

  /** Does something that stands for itself; cancelling it interrupts it. */
  public static Future<?> begin(Executor thread, Runnable job, Consumer<String> problem) {
    var task = new FutureTask<Void>(() -> attempt(job, problem), null);
    thread.execute(task);
    return task;
  }

  /** Does it here and now; that it was given up is no problem. */
  public static void attempt(Runnable job, Consumer<String> problem) {
    try {
      job.run();
    } catch (CancellationException _) {
      // Whoever gave it up knows.
    } catch (RuntimeException | Error e) {
      problem.accept(Fault.sentence(e));
    }
  }
}
