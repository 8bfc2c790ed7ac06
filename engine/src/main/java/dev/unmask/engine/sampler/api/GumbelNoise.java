package dev.unmask.engine.sampler.api;

/** A bound of the noise −log(−log u), which tells for a hundredth of its cost who cannot win. */
public final class GumbelNoise {
  /** What rounding in float64 can add to a sum with the bound is far less than this. */
  public static final double MARGIN = 1e-6;

  private static final long ONE = Double.doubleToRawLongBits(1);
  private static final double LN2_OF_A_BIT = 0x1.62e42fefa39efp-1 * 0x1p-52;

  private GumbelNoise() {}

  /**
   * At least −log(−log u), and hardly more where that is great: −log u is at least y = 1 − u, and
   * the bits of y, read as a whole number, are a straight line between powers of two below log₂ y.
   *
   * @param uniform u, in [0, 1)
   */
  public static double atMost(double uniform) {
    return (ONE - Double.doubleToRawLongBits(1 - uniform)) * LN2_OF_A_BIT;
  }
}
