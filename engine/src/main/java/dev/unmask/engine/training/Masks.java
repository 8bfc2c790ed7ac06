package dev.unmask.engine.training;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Which places of a stretch are masked. */
public final class Masks {
  private Masks() {}

  /**
   * Some of the places from {@code start} to {@code end} − 1, ascending: at least one, any number
   * as probable as any other.
   *
   * @param order a random number for each place of the window
   * @param u a random number in [0, 1), which decides how many
   */
  public static int[] draw(double[] order, int start, int end, double u) {
    return IntStream.range(start, end)
        .boxed()
        .sorted(Comparator.comparingDouble(place -> order[place]))
        .limit(1 + (int) (u * (end - start)))
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }
}
