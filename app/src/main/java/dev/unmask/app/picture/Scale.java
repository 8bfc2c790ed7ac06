package dev.unmask.app.picture;

/**
 * From the least to the greatest of the finite values seen; both NaN before the first.
 *
 * @param least value
 * @param most value
 */
public record Scale(double least, double most) {
  /** Has seen nothing. */
  static final Scale NOTHING = new Scale(Double.NaN, Double.NaN);

  /** The same with further values; those that are not finite are left out. */
  Scale with(float... values) {
    double least = Double.isNaN(this.least) ? Double.POSITIVE_INFINITY : this.least;
    double most = Double.isNaN(this.most) ? Double.NEGATIVE_INFINITY : this.most;
    for (float value : values) {
      if (Float.isFinite(value)) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    return least > most ? NOTHING : new Scale(least, most);
  }

  /** From 0 to 1 if all values lie there, as probabilities do; else as it is. */
  Scale ofConfidence() {
    return least >= 0 && most <= 1 || Double.isNaN(least) ? new Scale(0, 1) : this;
  }

  /** From 0 to the greatest value. */
  Scale fromZero() {
    return new Scale(0, Double.isNaN(most) ? 1 : most);
  }

  /** Where a value lies, in [0, 1]; NaN for no value, the nearer end for an infinite one. */
  public double share(double value) {
    if (Double.isNaN(value) || most <= least) {
      return Double.isNaN(value) ? Double.NaN : 1;
    }
    return Math.clamp((value - least) / (most - least), 0, 1);
  }
}
