package dev.unmask.app.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The axis that all compared runs are laid on.
 *
 * @param from the first place of any run
 * @param to the last, more than {@code from}
 */
public record JointAxis(Alignment alignment, double from, double to) {
  private static final int[] ROUND = {1, 2, 5};

  /** Over the places of these runs. */
  static JointAxis over(Alignment alignment, List<double[]> places) {
    double from = places.stream().mapToDouble(of -> of[0]).min().orElse(0);
    double to = places.stream().mapToDouble(of -> of[of.length - 1]).max().orElse(1);
    return new JointAxis(alignment, from, Math.max(to, from + least(alignment)));
  }

  /** A run of no steps has an axis too. */
  private static double least(Alignment alignment) {
    return switch (alignment) {
      case STEP, EVALUATIONS -> 1;
      case TIME, SHARE -> 0.01;
    };
  }

  /** How far along a place is, from 0 to 1. */
  double share(double place) {
    return (place - from) / (to - from);
  }

  /** Which place is so far along. */
  double place(double share) {
    return from + share * (to - from);
  }

  /** Round places from the first to the last, at most so many. */
  double[] ticks(int most) {
    double stride = stride(most);
    List<Double> ticks = new ArrayList<>();
    for (double i = Math.ceil(from / stride - 1e-6); i * stride <= to + 1e-6 * stride; i++) {
      ticks.add(i * stride);
    }
    return ticks.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** 1, 2 or 5 times a power of ten; counts have no fractions. */
  private double stride(int most) {
    boolean counted = alignment == Alignment.STEP || alignment == Alignment.EVALUATIONS;
    double power = counted ? 1 : 0.01;
    while (true) {
      for (int round : ROUND) {
        if ((to - from) / (round * power) < Math.max(1, most)) {
          return round * power;
        }
      }
      power *= 10;
    }
  }

  /** A tick's place for people, with no more digits than they differ in. */
  String label(double tick) {
    String words = alignment.words(tick);
    return words.contains(".") ? words.replaceAll("0+$", "").replaceAll("\\.$", ".0") : words;
  }

  /** The places of all of these once, ascending. */
  static double[] merged(double[] left, double[] right) {
    double[] all = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, all, left.length, right.length);
    return Arrays.stream(all).sorted().distinct().toArray();
  }
}
