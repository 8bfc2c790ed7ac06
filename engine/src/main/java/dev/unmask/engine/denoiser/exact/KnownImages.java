package dev.unmask.engine.denoiser.exact;

/**
 * Clean images, and what is asked about them again and again.
 *
 * @param values of each
 * @param squares |image|² of each
 * @param lit how many values of each are not black
 */
record KnownImages(float[][] values, double[] squares, int[] lit) {
  static final float BLACK = -1;

  static KnownImages of(float[][] values) {
    double[] squares = new double[values.length];
    int[] lit = new int[values.length];
    for (int k = 0; k < values.length; k++) {
      for (float value : values[k]) {
        squares[k] += (double) value * value;
        lit[k] += value == BLACK ? 0 : 1;
      }
    }
    return new KnownImages(values, squares, lit);
  }

  int count() {
    return values.length;
  }

  /** Of each image. */
  int size() {
    return values[0].length;
  }
}
