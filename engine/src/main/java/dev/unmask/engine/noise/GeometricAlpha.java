package dev.unmask.engine.noise;

/**
 * σ(t) = σ_min^(1−t) σ_max^t (<a href="https://arxiv.org/abs/2310.16834">SEDD</a>).
 *
 * @param least σ(0), above 0: even t = 0 has a little noise
 * @param greatest σ(1)
 */
public record GeometricAlpha(double least, double greatest) implements AlphaSchedule {
  @Override
  public double sigma(double t) {
    return Math.pow(least, 1 - t) * Math.pow(greatest, t);
  }

  @Override
  public double rate(double t) {
    return sigma(t) * Math.log(greatest / least);
  }
}
