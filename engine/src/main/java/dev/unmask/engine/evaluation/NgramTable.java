package dev.unmask.engine.evaluation;

import java.util.Arrays;

/**
 * Counts of n-grams, each packed into one number, 21 bits a token with the last token lowest.
 * Sorted, so that the extensions of a context lie side by side.
 */
final class NgramTable {
  private static final int BITS = 21;

  private final long[] grams;

  /** cumulative[i] is the sum of the counts of the first i grams. */
  private final long[] cumulative;

  private final double discount;

  private NgramTable(long[] grams, long[] cumulative) {
    this.grams = grams;
    this.cumulative = cumulative;
    this.discount = absoluteDiscount(cumulative);
  }

  static long pack(long context, int token) {
    return context << BITS | token;
  }

  /** Counts how often each gram occurs. */
  static NgramTable count(long[] occurrences) {
    long[] sorted = occurrences.clone();
    Arrays.sort(sorted);
    long[] grams = new long[sorted.length];
    long[] cumulative = new long[sorted.length + 1];
    int distinct = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        grams[distinct++] = sorted[i];
      }
      cumulative[distinct] = i + 1;
    }
    return new NgramTable(Arrays.copyOf(grams, distinct), Arrays.copyOf(cumulative, distinct + 1));
  }

  /** For each gram without its first token, how many different first tokens it was seen with. */
  NgramTable continuations(int order) {
    long mask = (1L << BITS * (order - 1)) - 1;
    return count(Arrays.stream(grams).map(gram -> gram & mask).toArray());
  }

  /**
   * The interpolated estimate of p(token | context), where {@code lower} is that of the shorter
   * context (Kneser and Ney 1995; Chen and Goodman 1999, equation 25).
   */
  double probability(long context, int token, double lower) {
    int from = index(context << BITS);
    int to = index((context + 1) << BITS);
    double total = cumulative[to] - cumulative[from];
    if (total == 0) {
      return lower;
    }
    double kept = Math.max(0, count(pack(context, token)) - discount);
    return (kept + discount * (to - from) * lower) / total;
  }

  private long count(long gram) {
    int i = Arrays.binarySearch(grams, gram);
    return i < 0 ? 0 : cumulative[i + 1] - cumulative[i];
  }

  /** The index of the first gram that is not less. */
  private int index(long gram) {
    int i = Arrays.binarySearch(grams, gram);
    return i < 0 ? -i - 1 : i;
  }

  /** D = n1 / (n1 + 2 n2), where n_c grams have count c. */
  private static double absoluteDiscount(long[] cumulative) {
    double once = 0;
    double twice = 0;
    for (int i = 1; i < cumulative.length; i++) {
      long count = cumulative[i] - cumulative[i - 1];
      once += count == 1 ? 1 : 0;
      twice += count == 2 ? 1 : 0;
    }
    return once == 0 ? 0.5 : once / (once + 2 * twice);
  }
}
