package dev.unmask.engine.trace;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A trace that keeps the steps read last: those of a file are decoded anew whenever they are asked
 * for.
 *
 * @param <S> a state
 * @param <T> a step
 */
public final class RecentSteps<S, T extends StepRecord<S>> implements Trace<S, T> {
  private static final int KEPT = 8;

  private final Trace<S, T> trace;
  private final Map<Integer, T> recent =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, T> eldest) {
          return size() > KEPT;
        }
      };

  /** Of a trace. */
  public RecentSteps(Trace<S, T> trace) {
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
  public S state(int index) {
    return index == 0 ? trace.state(0) : step(index - 1).next();
  }

  @Override
  public synchronized T step(int index) {
    return recent.computeIfAbsent(index, trace::step);
  }
}
