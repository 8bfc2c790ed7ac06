package dev.unmask.engine.sampler.image;

/** A few linear equations. */
final class LinearSystem {
  private LinearSystem() {}

  /** Solves by Gauss's elimination with pivots, in place. */
  static double[] solve(double[][] left, double[] right) {
    int size = right.length;
    for (int column = 0; column < size; column++) {
      swapLargestUp(left, right, column);
      for (int row = column + 1; row < size; row++) {
        double factor = left[row][column] / left[column][column];
        for (int k = column; k < size; k++) {
          left[row][k] -= factor * left[column][k];
        }
        right[row] -= factor * right[column];
      }
    }
    for (int row = size - 1; row >= 0; row--) {
      for (int k = row + 1; k < size; k++) {
        right[row] -= left[row][k] * right[k];
      }
      right[row] /= left[row][row];
    }
    return right;
  }

  private static void swapLargestUp(double[][] left, double[] right, int column) {
    int largest = column;
    for (int row = column + 1; row < right.length; row++) {
      if (Math.abs(left[row][column]) > Math.abs(left[largest][column])) {
        largest = row;
      }
    }
    double[] line = left[column];
    left[column] = left[largest];
    left[largest] = line;
    double value = right[column];
    right[column] = right[largest];
    right[largest] = value;
  }
}
