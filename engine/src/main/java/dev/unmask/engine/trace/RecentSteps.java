package dev.unmask.engine.trace;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A trace that keeps the steps read last: those of a file are decoded anew whenever they are asked
 * for.
 */
public final class RecentSteps implements Trace {
  private static final int KEPT = 8;

  private final Trace trace;
  private final Map<Integer, StepRecord> recent =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, StepRecord> eldest) {
          return size() > KEPT;
        }
      };

  /** Of a trace. */
  public RecentSteps(Trace trace) {
    this.trace = trace;
  }

  @Override
  public TraceHeader header() {
    return trace.header();
  }

  @Override
  public int steps() {
    return trace.steps();
  }

  @Override
  public TokenState state(int index) {
    return index == 0 ? trace.state(0) : step(index - 1).decision().next();
  }

  @Override
  public synchronized StepRecord step(int index) {
    return recent.computeIfAbsent(index, trace::step);
  }
}
