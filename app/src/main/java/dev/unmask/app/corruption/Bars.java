package dev.unmask.app.corruption;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The most probable tokens of a distribution.
 *
 * @param title what it is of
 * @param bars the most probable first
 */
record Bars(String title, List<Bar> bars) {
  private static final int MOST = 5;

  /**
   * One token.
   *
   * @param clean whether it is the one that stood there
   */
  record Bar(String text, double probability, boolean clean) {}

  /** Of a distribution over tokens. */
  static Bars of(String title, double[] distribution, int clean, IntFunction<String> texts) {
    return new Bars(
        title,
        IntStream.range(0, distribution.length)
            .filter(token -> distribution[token] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(token -> -distribution[token]))
            .limit(MOST)
            .map(token -> new Bar(texts.apply(token), distribution[token], token == clean))
            .toList());
  }
}
