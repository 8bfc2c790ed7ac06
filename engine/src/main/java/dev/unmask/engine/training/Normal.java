package dev.unmask.engine.training;

/** Normal numbers. */
final class Normal {
  private Normal() {}

  /** One from two uniform ones in [0, 1), by Box and Muller. */
  static double of(double u, double v, double deviation) {
    return deviation * Math.sqrt(-2 * StrictMath.log(1 - u)) * StrictMath.cos(2 * Math.PI * v);
  }
}
