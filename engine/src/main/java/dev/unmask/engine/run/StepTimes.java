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
  StepTimes plus(long more, long decided, long kept) {
    return new StepTimes(denoiser + more, sampler + decided, statistics + kept);
  }

  /** All of it. */
  public long total() {
    return denoiser + sampler + statistics;
  }
}
