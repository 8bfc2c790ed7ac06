package dev.unmask.engine.noise;

/**
 * α(t) = 1 − (1 − ε) t: the masked share grows evenly (<a
 * href="https://arxiv.org/abs/2310.16834">SEDD</a>; <a
 * href="https://arxiv.org/abs/2406.07524">MDLM</a>).
 *
 * @param epsilon what is left at t = 1, so that σ stays finite; 0.001 in both
 */
public record LogLinearAlpha(double epsilon) implements AlphaSchedule {
  @Override
  public double alpha(double t) {
    return 1 - (1 - epsilon) * t;
  }

  @Override
  public double sigma(double t) {
    return -Math.log1p(-(1 - epsilon) * t);
  }

  /** The time at which the total noise is σ. */
  public double time(double sigma) {
    return -Math.expm1(-sigma) / (1 - epsilon);
  }

  @Override
  public double rate(double t) {
    return (1 - epsilon) / alpha(t);
  }
}
