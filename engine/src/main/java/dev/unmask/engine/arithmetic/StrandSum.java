package dev.unmask.engine.arithmetic;

/**
 * A sum in float64 of which every value has its place in one tree, whatever number of values a
 * processor adds at a time: value i belongs to strand i mod {@value #STRANDS}, each strand is added
 * up in order, and the strands are folded onto each other by halves.
 */
public final class StrandSum {
  /** So many values are given at a time. */
  public static final int STRANDS = 256;

  private final double[] sums = new double[STRANDS];

  /** The sum of these. */
  public static double of(double[] values) {
    var sum = new StrandSum();
    for (int first = 0; first < values.length; first += STRANDS) {
      sum.add(values, first, Math.min(STRANDS, values.length - first));
    }
    return sum.total();
  }

  /**
   * Adds the next values.
   *
   * @param count how many, from the first: {@value #STRANDS}, or fewer at the end
   */
  public void add(double[] values, int count) {
    add(values, 0, count);
  }

  private void add(double[] values, int first, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += values[first + i];
    }
  }

  /** Adds the next values' products, which are rounded before. */
  public void addProducts(double[] x, double[] y, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += x[i] * y[i];
    }
  }

  /** The sum; nothing can be added after it. */
  public double total() {
    for (int half = STRANDS / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        sums[i] += sums[i + half];
      }
    }
    return sums[0];
  }
}
