package dev.unmask.engine.arithmetic;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Orders by score, of equals the one with the lower number first. */
public final class Ranking {
  private Ranking() {}

  /**
   * Some items by their scores, the greatest first.
   *
   * @param items numbers from 0
   * @param scores by item
   */
  public static IntStream descending(IntStream items, float[] scores) {
    return items
        .mapToLong(item -> (long) descending(scores[item]) << 32 | item)
        .sorted()
        .mapToInt(key -> (int) key);
  }

  /** All items, numbers from 0, by their scores, the greatest first. */
  public static IntStream descending(double[] scores) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(item -> -scores[item]))
        .mapToInt(Integer::intValue);
  }

  /** Some items by their scores, in float64: the least first, of equals the first of the items. */
  public static IntStream ascending(int[] items, IntToDoubleFunction score) {
    return Arrays.stream(items)
        .boxed()
        .sorted(Comparator.comparingDouble(score::applyAsDouble))
        .mapToInt(Integer::intValue);
  }

  /** A whole number that falls as the score rises, so that primitive numbers are sorted. */
  private static int descending(float score) {
    int bits = Float.floatToIntBits(score);
    return ~(bits ^ bits >> 31 & Integer.MAX_VALUE);
  }
}
