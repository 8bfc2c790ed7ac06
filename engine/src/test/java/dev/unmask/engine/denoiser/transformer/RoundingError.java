package dev.unmask.engine.denoiser.transformer;

/**
 * How far a transformer in float32 may be from the same one in float64, whichever kernels multiply
 * and in whatever order they add (Higham, Accuracy and Stability of Numerical Algorithms, 2002,
 * section 3.1): a sum that n roundings went into is off by at most γ_n times the sum of the terms'
 * magnitudes. For these the largest number of a matrix stands.
 */
public final class RoundingError {
  /** Half of the distance from 1 to the next float. */
  private static final double UNIT = 0x1p-24;

  private RoundingError() {}

  /** γ_n = n u / (1 − n u). */
  static double gamma(int roundings) {
    return roundings * UNIT / (1 - roundings * UNIT);
  }

  /** Of a logit, relative to the largest. */
  public static double ofLogits(LladaArchitecture shape, int length) {
    return gamma(forward(shape, length));
  }

  /** Of a loss, which sums over the vocabulary. */
  public static double ofLoss(LladaArchitecture shape, int length) {
    return gamma(forward(shape, length) + shape.vocabulary());
  }

  /**
   * Of the gradient of a weight, relative to the largest of its matrix.
   *
   * @param rows that the gradient sums over
   */
  public static double ofGradient(LladaArchitecture shape, int length, int rows) {
    return gamma(forward(shape, length) + 2 * shape.vocabulary() + backward(shape, length) + rows);
  }

  /** Additions behind one another: norm, product, attention, product; norm, product, product. */
  private static int forward(LladaArchitecture shape, int length) {
    int attention = 3 * shape.width() + shape.headSize() + 2 * length;
    int feed = 2 * shape.width() + shape.hidden();
    return shape.layers() * (attention + feed) + 2 * shape.width();
  }

  /** The same matrices, transposed. */
  private static int backward(LladaArchitecture shape, int length) {
    int qkv = shape.width() + 2 * shape.keyWidth();
    int attention = 2 * shape.width() + qkv + shape.headSize() + 2 * length;
    int feed = 2 * shape.width() + 2 * shape.hidden();
    return shape.layers() * (attention + feed) + shape.width();
  }
}
