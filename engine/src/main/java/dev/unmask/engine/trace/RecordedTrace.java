package dev.unmask.engine.trace;

import java.util.ArrayList;
import java.util.List;

/**
 * A trace in memory, which grows as its run goes on.
 *
 * @param <S> a state
 * @param <T> a step
 */
public final class RecordedTrace<S, T extends StepRecord<S>> implements Trace<S, T> {
  private final TraceHeader header;
  private final S first;
  private final List<T> steps = new ArrayList<>();

  /** With no step yet. */
  public RecordedTrace(TraceHeader header, S first) {
    this.header = header;
    this.first = first;
  }

  /** Adds the next step. */
  public synchronized void append(T step) {
    steps.add(step);
  }

  @Override
  public TraceHeader header() {
    return header;
  }

  @Override
  public synchronized int steps() {
    return steps.size();
  }

  @Override
  public synchronized S state(int index) {
    return index == 0 ? first : steps.get(index - 1).next();
  }

  @Override
  public synchronized T step(int index) {
    return steps.get(index);
  }
}
