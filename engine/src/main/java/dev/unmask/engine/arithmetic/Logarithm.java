package dev.unmask.engine.arithmetic;

/**
 * Natural logarithms of many numbers in float64, within 2 units in the last place, with the same
 * bits everywhere and as fast as {@link Exponential}, for the same reasons.
 */
public final class Logarithm {
  private static final long EXPONENT = 0xFFFL << 52;
  private static final long SQRT_HALF = Double.doubleToRawLongBits(0x1.6a09e667f3bcdp-1);
  private static final long BIAS = 1023;
  // Its last bits hold a whole number, which subtracting it makes a float64 number.
  private static final double WHOLE = 0x1p52;
  private static final double LN2_HIGH = 0x1.62e42fefa39efp-1;
  private static final double LN2_LOW = 0x1.abc9e3b39803fp-56;

  private Logarithm() {}

  /**
   * out[i] = ln x[i].
   *
   * @param x at least 0 and finite; less than 2.2e-308 is taken for 0, whose logarithm is −∞; what
   *     is NaN or ∞ gives NaN
   * @param count how many, from the first
   * @param out another array
   */
  public static void of(double[] x, int count, double[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = fraction(x[i]);
    }
    for (int i = 0; i < count; i++) {
      out[i] = ofFraction(out[i]);
    }
    for (int i = 0; i < count; i++) {
      double sum = plusExponent(out[i], x[i]);
      out[i] = x[i] < Double.MIN_NORMAL ? Double.NEGATIVE_INFINITY : sum;
    }
  }

  /** m of x = 2ᵏ m, where √½ ≤ m < √2. */
  private static double fraction(double x) {
    long bits = Double.doubleToRawLongBits(x);
    return Double.longBitsToDouble(bits - (bits - SQRT_HALF & EXPONENT));
  }

  /** With f = m − 1 and s = f / (2 + f): ln m = 2 artanh s = f − s (f − 2 s² (1/3 + s²/5 + …)). */
  private static double ofFraction(double m) {
    double f = m - 1;
    double s = f / (2 + f);
    double z = s * s;
    double p = 2.0 / 23;
    p = Math.fma(p, z, 2.0 / 21);
    p = Math.fma(p, z, 2.0 / 19);
    p = Math.fma(p, z, 2.0 / 17);
    p = Math.fma(p, z, 2.0 / 15);
    p = Math.fma(p, z, 2.0 / 13);
    p = Math.fma(p, z, 2.0 / 11);
    p = Math.fma(p, z, 2.0 / 9);
    p = Math.fma(p, z, 2.0 / 7);
    p = Math.fma(p, z, 2.0 / 5);
    p = Math.fma(p, z, 2.0 / 3);
    return Math.fma(-s, Math.fma(-p, z, f), f);
  }

  /** ln m + k ln 2. */
  private static double plusExponent(double ofFraction, double x) {
    long biased = Double.doubleToRawLongBits(x) - SQRT_HALF + (BIAS << 52) >>> 52;
    double k = Double.longBitsToDouble(Double.doubleToRawLongBits(WHOLE) + biased) - (WHOLE + BIAS);
    double sum = Math.fma(k, LN2_HIGH, Math.fma(k, LN2_LOW, ofFraction));
    // The difference is NaN where x is NaN or infinite, and 0 elsewhere.
    return sum + (x - x);
  }
}
