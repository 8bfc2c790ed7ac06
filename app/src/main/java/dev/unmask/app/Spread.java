package dev.unmask.app;

import java.util.Arrays;

/** Where measured numbers lie. */
public record Spread(double least, double median, double greatest) {
  /** Of at least one number; of two in the middle, the median is their mean. */
  public static Spread of(double... numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(sorted[0], median, sorted[sorted.length - 1]);
  }
}
