package dev.unmask.engine.noise;

/**
 * α(t) = ε + (1 − ε) cos(t π/2) (<a href="https://arxiv.org/abs/2406.07524">MDLM</a>).
 *
 * @param epsilon what is left at t = 1, so that σ stays finite; 0.001 there
 */
public record CosineAlpha(double epsilon) implements AlphaSchedule {
  @Override
  public double alpha(double t) {
    return epsilon + (1 - epsilon) * Math.cos(t * Math.PI / 2);
  }

  @Override
  public double sigma(double t) {
    return -Math.log(alpha(t));
  }

  @Override
  public double rate(double t) {
    return (1 - epsilon) * Math.PI / 2 * Math.sin(t * Math.PI / 2) / alpha(t);
  }
}
