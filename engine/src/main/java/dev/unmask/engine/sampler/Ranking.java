package dev.unmask.engine.sampler;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Orders by score: the greatest first, of equals the one with the lower number. */
final class Ranking {
  private Ranking() {}

  /**
   * Some items by their scores.
   *
   * @param items numbers from 0
   * @param scores by item
   */
  static IntStream descending(IntStream items, float[] scores) {
    return items
        .mapToLong(item -> (long) descending(scores[item]) << 32 | item)
        .sorted()
        .mapToInt(key -> (int) key);
  }

  /** All items, numbers from 0, by their scores. */
  static IntStream descending(double[] scores) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(item -> -scores[item]))
        .mapToInt(Integer::intValue);
  }

  /** A whole number that falls as the score rises, so that primitive numbers are sorted. */
  private static int descending(float score) {
    int bits = Float.floatToIntBits(score);
    return ~(bits ^ bits >> 31 & Integer.MAX_VALUE);
  }
}
