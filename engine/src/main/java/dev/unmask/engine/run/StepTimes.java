package dev.unmask.engine.run;

/**
 * What steps took, in nanoseconds.
 *
 * @param denoiser its evaluations
 * @param sampler its decisions
 * @param statistics what a trace keeps of the predictions
 */
public record StepTimes(long denoiser, long sampler, long statistics) {
  /** Of no step. */
  public static final StepTimes NONE = new StepTimes(0, 0, 0);

  /** Of these steps and others. */
  StepTimes plus(StepTimes more) {
    return new StepTimes(
        denoiser + more.denoiser, sampler + more.sampler, statistics + more.statistics);
  }

  /** Of all. */
  public long total() {
    return denoiser + sampler + statistics;
  }

  /** Measures a step. */
  static final class Watch {
    private final long started = System.nanoTime();
    private long predicted = started;
    private long decided = started;

    /** The denoiser is done, and the sampler's turn begins. */
    void predicted() {
      predicted = System.nanoTime();
      decided = predicted;
    }

    /** The sampler is done. */
    void decided() {
      decided = System.nanoTime();
    }

    StepTimes stopped() {
      return new StepTimes(predicted - started, decided - predicted, System.nanoTime() - decided);
    }
  }
}
