package dev.unmask.engine.trace;

/**
 * All that a trace keeps of one step.
 *
 * @param <S> a state
 */
public sealed interface StepRecord<S> permits TokenRecord, ImageRecord, TrainingRecord {
  /** The state that it led to. */
  S next();

  /** NFE after it; −1 if unknown. */
  int evaluations();
}
