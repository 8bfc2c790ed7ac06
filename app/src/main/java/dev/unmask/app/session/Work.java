package dev.unmask.app.session;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * What is done beside the window, so that it never waits: of one kind the latest wins, and what was
 * asked for before is given up. Whatever ends it but its own end is told in a sentence. What came
 * of it is asked for at the window's pulses; until there is something new, what was there before
 * stays.
 */
public final class Work<T> {
  private volatile Future<?> latest = CompletableFuture.completedFuture(null);
  private volatile Known<T> known = new Known<>(Optional.empty(), 0, "");
  private long asked;

  /** Something that takes its time. */
  @FunctionalInterface
  public interface Job<T> {
    /**
     * Does it; interrupted when it is given up.
     *
     * @param tell is given what came of it, or several values of which each goes further
     */
    void run(Consumer<T> tell);
  }

  /**
   * What is known.
   *
   * @param of the number of the job that the value came of
   * @param problem of the last job
   */
  private record Known<T>(Optional<T> value, long of, String problem) {}

  /**
   * Does something in place of what was asked for before.
   *
   * @param thread does it, or one thing after the other
   */
  public void start(Executor thread, Job<T> job) {
    cancel();
    long number = next();
    latest =
        begin(
            thread,
            () -> job.run(value -> know(number, new Known<>(Optional.of(value), number, ""))),
            problem -> know(number, new Known<>(known.value, known.of, problem)));
  }

  private synchronized long next() {
    known = new Known<>(known.value, known.of, "");
    return ++asked;
  }

  /** Unless something else was asked for meanwhile. */
  private synchronized void know(long number, Known<T> now) {
    if (number == asked) {
      known = now;
    }
  }

  /**
   * Gives up what is done, at the next place where it can be interrupted; what came of it stays.
   */
  public void cancel() {
    latest.cancel(true);
  }

  /** Gives it up, and all that came of it. */
  public synchronized void forget() {
    cancel();
    asked++;
    known = new Known<>(Optional.empty(), 0, "");
  }

  /** Whether something is done, or waits to be. */
  public boolean goesOn() {
    return !latest.isDone();
  }

  /** The newest that came of it; empty before the first. */
  public Optional<T> value() {
    return known.value;
  }

  /** The newest, if it came of what was asked for last and not of something before. */
  public synchronized Optional<T> current() {
    return known.value.filter(_ -> known.of == asked);
  }

  /** Why what was asked for last could not be done; empty if it could, or may yet be. */
  public String problem() {
    return known.problem;
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
