package dev.unmask.app.tokens;

import dev.unmask.engine.sampler.api.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tokens per step, as they are drawn.
 *
 * @param counts one a step, at least one
 */
record Schedule(List<Integer> counts) {
  /**
   * Reads what the form holds.
   *
   * @param text of a {@link Setting.Counts}
   * @param steps how many there are where the text does not tell
   * @param tokens that those steps share then
   */
  static Schedule of(String text, int steps, int tokens) {
    int[] numbers = Setting.Counts.numbers(text);
    if (numbers.length > 0) {
      return new Schedule(Arrays.stream(numbers).boxed().toList());
    }
    int all = Math.max(1, steps);
    return new Schedule(
        IntStream.range(0, all)
            .mapToObj(step -> tokens / all + (step < tokens % all ? 1 : 0))
            .toList());
  }

  /** The same with another count at a step, if there is such a step. */
  Schedule with(int step, int count) {
    return new Schedule(
        IntStream.range(0, counts.size())
            .mapToObj(k -> k == step ? Math.max(0, count) : counts.get(k))
            .toList());
  }

  /**
   * The largest count that there is room for where it is drawn: twice the mean, or what is there.
   */
  int room() {
    int sum = counts.stream().mapToInt(Integer::intValue).sum();
    int most = counts.stream().mapToInt(Integer::intValue).max().orElse(1);
    return Math.max(most, Math.max(4, Math.ceilDiv(2 * sum, counts.size())));
  }

  /** As the setting is written. */
  String text() {
    return counts.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
