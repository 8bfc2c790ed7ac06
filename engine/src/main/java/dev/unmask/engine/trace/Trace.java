package dev.unmask.engine.trace;

/**
 * The record of a run, growing while the run goes on: with K steps it has K + 1 states. Safe to
 * read from any thread; what was once there never changes, and its arrays are never written to.
 *
 * @param <S> a state: of tokens {@link TokenState}, of images {@link BatchState}
 * @param <T> what is kept of a step: of tokens {@link TokenRecord}, of images {@link ImageRecord}
 */
public interface Trace<S, T extends StepRecord<S>> {
  /** What was run. */
  TraceHeader header();

  /** K, the number of whole steps recorded so far. */
  int steps();

  /** The state before step {@code index}, or the last one if {@code index} is {@link #steps()}. */
  S state(int index);

  /** Step {@code index}, from 0. */
  T step(int index);
}
