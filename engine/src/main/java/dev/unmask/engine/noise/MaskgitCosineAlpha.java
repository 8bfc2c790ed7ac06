package dev.unmask.engine.noise;

/**
 * α(t) = 1 − sin((1 − ε) t π/2): the cosine of <a
 * href="https://arxiv.org/abs/2202.04200">MaskGIT</a>, as <a
 * href="https://arxiv.org/abs/2506.10892">Duo</a> uses it. At most times few tokens are left.
 *
 * @param epsilon keeps σ finite at t = 1; 0.001 in Duo
 */
public record MaskgitCosineAlpha(double epsilon) implements AlphaSchedule {
  @Override
  public double alpha(double t) {
    return 1 - Math.sin(angle(t));
  }

  @Override
  public double sigma(double t) {
    return -Math.log1p(-Math.sin(angle(t)));
  }

  @Override
  public double rate(double t) {
    return (1 - epsilon) * Math.PI / 2 * Math.cos(angle(t)) / alpha(t);
  }

  private double angle(double t) {
    return (1 - epsilon) * t * Math.PI / 2;
  }
}
