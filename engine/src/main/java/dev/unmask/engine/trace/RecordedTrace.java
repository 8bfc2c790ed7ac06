package dev.unmask.engine.trace;

import java.util.ArrayList;
import java.util.List;

/** A trace in memory, which grows as its run goes on. */
public final class RecordedTrace implements Trace {
  private final TraceHeader header;
  private final TokenState first;
  private final List<StepRecord> steps = new ArrayList<>();

  /** With no step yet. */
  public RecordedTrace(TraceHeader header, TokenState first) {
    this.header = header;
    this.first = first;
  }

  /** Adds the next step. */
  public synchronized void append(StepRecord step) {
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
  public synchronized TokenState state(int index) {
    return index == 0 ? first : steps.get(index - 1).decision().next();
  }

  @Override
  public synchronized StepRecord step(int index) {
    return steps.get(index);
  }
}
