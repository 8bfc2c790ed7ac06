package dev.unmask.engine.corruption;

import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The random numbers that each position has once and for all, whatever the noise and t.
 *
 * @param chances u of each position, in [0, 1): when it is left; treat them as immutable
 */
record FixedDraws(Philox random, double[] chances) {
  /** So that a run with the same seed draws other numbers. */
  private static final int BEFORE_ALL_STEPS = -1;

  /** For so many positions. */
  static FixedDraws of(int positions, long seed) {
    var random = new Philox(seed, BEFORE_ALL_STEPS);
    Rows rows = Rows.packed(IntStream.range(0, positions).toArray());
    return new FixedDraws(
        random,
        Arrays.stream(random.uniform64(Purpose.ORDER, rows, 1)).mapToDouble(u -> u[0]).toArray());
  }

  /** An exponential clock for each token that may come to a position, [size]. */
  double[] clocks(int position, int size) {
    double[] clocks = random.uniform64(Purpose.NOISE, Rows.packed(new int[] {position}), size)[0];
    Arrays.setAll(clocks, token -> -Math.log1p(-clocks[token]));
    return clocks;
  }

  /** The token whose clock rings first: one out of the row without the clean token. */
  static int firstToRing(double[] clocks, double[] row, int clean) {
    int first = clean;
    double earliest = Double.POSITIVE_INFINITY;
    for (int token = 0; token < row.length; token++) {
      double rings = clocks[token] / row[token];
      if (rings < earliest && row[token] > 0 && token != clean) {
        earliest = rings;
        first = token;
      }
    }
    return first;
  }
}
