package dev.unmask.app.playground;

import dev.unmask.engine.noise.gaussian.Corruption;

/**
 * The part of the plane that is shown, around its middle.
 *
 * @param halfWidth in units of the plane
 * @param halfHeight in units of the plane
 */
public record Section(double halfWidth, double halfHeight) {
  /** Width to height. */
  static final double ASPECT = 4 / 3.0;

  private static final double DEVIATIONS = 2.7;

  /** Where data of variance 1 is under noise: larger only where the noise makes it so. */
  public static Section of(Corruption.Gaussian noise) {
    double half = DEVIATIONS * Math.max(1, StrictMath.hypot(noise.alpha(), noise.sigma()));
    return new Section(half * ASPECT, half);
  }
}
