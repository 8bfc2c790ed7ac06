package dev.unmask.engine.noise;

/**
 * Noise in continuous time t in [0, 1], 0 clean: α(t) is the share of tokens not yet touched and
 * σ(t) = −ln α(t) the total noise. From s to t, a {@link RateKernel} moves by exp((σ(t) − σ(s)) R).
 */
public sealed interface AlphaSchedule
    permits LogLinearAlpha, CosineAlpha, MaskgitCosineAlpha, GeometricAlpha {
  /** α(t), in [0, 1], falling. */
  default double alpha(double t) {
    return Math.exp(-sigma(t));
  }

  /** σ(t), not negative, rising. */
  double sigma(double t);

  /** dσ/dt. */
  double rate(double t);
}
