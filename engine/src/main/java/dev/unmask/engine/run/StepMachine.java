package dev.unmask.engine.run;

import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.StepRecord;
import dev.unmask.engine.trace.Trace;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * Iterates a sampler, whatever its states are. One thread steps it; any thread may read its trace.
 * A step that fails or is cancelled by interrupting the thread leaves no mark, and can be taken
 * again.
 *
 * @param <S> a state
 * @param <T> what is recorded of a step
 */
public abstract sealed class StepMachine<S, T extends StepRecord<S>>
    permits TokenRun, ImageRun, TrainingRun {
  private StepTimes times = StepTimes.NONE;
  private long multiplyAdds;

  /** Where steps are recorded; the next one starts from its last state. */
  abstract RecordedTrace<S, T> recorded();

  /** Whether there is no next step. */
  public abstract boolean finished();

  /** How many steps the trace will have in the end, as far as that is known now. */
  public abstract int plannedSteps();

  /**
   * Makes the next step.
   *
   * @param watch is told when the denoiser and when the sampler was done
   */
  abstract T take(S state, StepTimes.Watch watch);

  /**
   * Takes the next step and records it.
   *
   * @throws CancellationException if the thread was interrupted
   */
  public final T step() {
    if (Thread.interrupted()) {
      throw new CancellationException("interrupted between steps");
    }
    var watch = new StepTimes.Watch();
    T record = take(state(), watch);
    times = times.plus(watch.stopped());
    recorded().append(record);
    return record;
  }

  /** Takes all steps that are left, and shows each to an observer. */
  public final void finish(Consumer<? super T> observer) {
    while (!finished()) {
      observer.accept(step());
    }
  }

  /** Counts an evaluation's products. */
  final void multiplied(long more) {
    multiplyAdds += more;
  }

  /** What was recorded so far, growing with each step. */
  public final Trace<S, T> trace() {
    return recorded();
  }

  /** The state that the next step starts from. */
  public final S state() {
    RecordedTrace<S, T> trace = recorded();
    return trace.state(trace.steps());
  }

  /** NFE so far; −1 if unknown. */
  public final int evaluations() {
    RecordedTrace<S, T> trace = recorded();
    return trace.steps() == 0 ? 0 : trace.step(trace.steps() - 1).evaluations();
  }

  /** What the steps taken here took. */
  public final StepTimes times() {
    return times;
  }

  /**
   * Multiply-adds of the matrix products in the evaluations of the steps taken here; 0 where the
   * denoiser does not count them.
   */
  public final long multiplyAdds() {
    return multiplyAdds;
  }
}
