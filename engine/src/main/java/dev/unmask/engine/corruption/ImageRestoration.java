package dev.unmask.engine.corruption;

import java.util.Locale;

/**
 * How near images came that were corrupted and denoised again.
 *
 * @param corrupted Pearson's correlation of the corrupted values with the original ones, 0 where
 *     either are all the same
 * @param returned that of the values that came back
 * @param squaredError of those, the mean of a value; black and white are 2 apart
 */
public record ImageRestoration(double corrupted, double returned, double squaredError) {
  /** Of three batches of one shape. */
  public static ImageRestoration of(float[] original, float[] corrupted, float[] result) {
    double sum = 0;
    for (int i = 0; i < original.length; i++) {
      double difference = result[i] - original[i];
      sum += difference * difference;
    }
    return new ImageRestoration(
        correlation(original, corrupted), correlation(original, result), sum / original.length);
  }

  private static double correlation(float[] a, float[] b) {
    double middleOfA = mean(a);
    double middleOfB = mean(b);
    double both = 0;
    double ofA = 0;
    double ofB = 0;
    for (int i = 0; i < a.length; i++) {
      both += (a[i] - middleOfA) * (b[i] - middleOfB);
      ofA += (a[i] - middleOfA) * (a[i] - middleOfA);
      ofB += (b[i] - middleOfB) * (b[i] - middleOfB);
    }
    return ofA == 0 || ofB == 0 ? 0 : both / Math.sqrt(ofA * ofB);
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** In one line. */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "Correlation with the original %.3f as corrupted, %.3f as it came back; squared error %.4f a value.",
        corrupted,
        returned,
        squaredError);
  }
}
