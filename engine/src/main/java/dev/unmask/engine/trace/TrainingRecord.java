package dev.unmask.engine.trace;

/**
 * All that a trace keeps of the steps of training from one state to the next.
 *
 * @param losses the mean of each over those steps, as the header names them; NaN for one that was
 *     not asked for
 */
public record TrainingRecord(float[] losses, TrainingState next)
    implements StepRecord<TrainingState> {
  /** Steps of training. */
  @Override
  public int evaluations() {
    return next.step();
  }

  /** The same before another state, as a branch begins with it. */
  public TrainingRecord leadingTo(TrainingState other) {
    return new TrainingRecord(losses, other);
  }
}
