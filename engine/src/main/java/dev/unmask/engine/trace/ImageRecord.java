package dev.unmask.engine.trace;

import java.util.Optional;

/**
 * All that a trace keeps of one step of images.
 *
 * @param predicted x̂0, shaped as x; empty where nothing was predicted, as in a forward trace
 * @param noise that was predicted, shaped as x, where there is one
 */
public record ImageRecord(
    Optional<float[]> predicted, Optional<float[]> noise, BatchState next, int evaluations)
    implements StepRecord<BatchState> {
  /** The same before another state, as a branch begins with it. */
  public ImageRecord leadingTo(BatchState other) {
    return new ImageRecord(predicted, noise, other, evaluations);
  }
}
