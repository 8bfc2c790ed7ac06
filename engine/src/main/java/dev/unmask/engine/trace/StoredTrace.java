package dev.unmask.engine.trace;

import java.util.Set;

/**
 * A trace in a file, read a row at a time. What the file does not hold is unknown: −1 for ids and
 * counts, NaN for scores and times.
 *
 * @param <S> a state
 * @param <T> a step
 */
public final class StoredTrace<S, T extends StepRecord<S>> implements Trace<S, T>, AutoCloseable {
  private final TraceRows<S, T> rows;
  private final TraceHeader header;
  private final Cells cells;
  private final int steps;
  private final Runnable release;

  /**
   * Of tensors that were checked.
   *
   * @param release frees the file
   */
  StoredTrace(TraceRows<S, T> rows, TraceHeader header, Cells cells, int steps, Runnable release) {
    this.rows = rows;
    this.header = header;
    this.cells = cells;
    this.steps = steps;
    this.release = release;
  }

  /**
   * A trace in memory of which only some tensors are known, as if it had been written and opened.
   *
   * @param known names of tensors
   */
  public static <S, T extends StepRecord<S>> StoredTrace<S, T> of(
      Trace<S, T> trace, Set<String> known) {
    TraceRows<S, T> rows = TraceRows.of(trace);
    var cells = new Encoded<>(trace, rows.columns(trace).only(known));
    return new StoredTrace<>(rows, trace.header(), cells, trace.steps(), () -> {});
  }

  @Override
  public TraceHeader header() {
    return header;
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public S state(int index) {
    return rows.state(header, cells, index);
  }

  @Override
  public T step(int index) {
    return rows.step(header, cells, index);
  }

  /** Where its rows lie. */
  Cells cells() {
    return cells;
  }

  /** Lets go of the file; nothing may be read afterwards. */
  @Override
  public void close() {
    release.run();
  }
}
