package dev.unmask.engine.trace;

/**
 * The record of a run, growing while the run goes on: with S steps it has S + 1 states. Safe to
 * read from any thread; what was once there never changes.
 */
public interface Trace {
  /** What was run. */
  TraceHeader header();

  /** S, the number of whole steps recorded so far. */
  int steps();

  /** The state before step {@code index}, or the last one if {@code index} is {@link #steps()}. */
  TokenState state(int index);

  /** Step {@code index}, from 0. */
  StepRecord step(int index);
}
