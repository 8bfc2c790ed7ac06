package dev.unmask.engine.tensor;

import java.util.Arrays;

/**
 * Which keys each query of a sequence sees.
 *
 * @param scores what is added to a query's scores, a row for each query: 0 where it sees the key,
 *     −∞ elsewhere; no rows at all if every query sees every key
 */
public record AttentionMask(float[][] scores) {
  /** Every query sees every key. */
  public static final AttentionMask NONE = new AttentionMask(new float[0][]);

  /** Whether a query sees a key. */
  @FunctionalInterface
  public interface Sight {
    /** Both counted from the sequence's first. */
    boolean sees(int query, int key);
  }

  /** Of a sequence of this length, in which each query sees some key. */
  public static AttentionMask of(int length, Sight sight) {
    return of(length, length, sight);
  }

  /** Of so many queries and keys, where each query sees some key. */
  public static AttentionMask of(int queries, int keys, Sight sight) {
    float[][] scores = new float[queries][keys];
    for (int query = 0; query < queries; query++) {
      Arrays.fill(scores[query], Float.NEGATIVE_INFINITY);
      for (int key = 0; key < keys; key++) {
        if (sight.sees(query, key)) {
          scores[query][key] = 0;
        }
      }
    }
    return new AttentionMask(scores);
  }

  /** Whether it hides nothing. */
  boolean isNone() {
    return scores.length == 0;
  }
}
