package dev.unmask.engine.tensor;

import java.util.List;
import java.util.stream.IntStream;

/** Which keys each query of a sequence sees. */
public final class AttentionMask {
  /** Every query sees every key. */
  public static final AttentionMask NONE = new AttentionMask(List.of());

  /** Whether a query sees a key. */
  @FunctionalInterface
  public interface Sight {
    /** Both counted from the sequence's first. */
    boolean sees(int query, int key);
  }

  private final List<Keys> queries;

  private AttentionMask(List<Keys> queries) {
    this.queries = queries;
  }

  /** Every query sees the keys before its own and its own. */
  public static AttentionMask causal(int length) {
    return new AttentionMask(IntStream.rangeClosed(1, length).mapToObj(Keys::first).toList());
  }

  /** Of a sequence of this length, in which each query sees some key. */
  public static AttentionMask of(int length, Sight sight) {
    return of(length, length, sight);
  }

  /** Of so many queries and keys, where each query sees some key. */
  public static AttentionMask of(int queries, int keys, Sight sight) {
    return new AttentionMask(
        IntStream.range(0, queries)
            .mapToObj(query -> Keys.of(keys, key -> sight.sees(query, key)))
            .toList());
  }

  /** Whether it hides nothing. */
  boolean isNone() {
    return queries.isEmpty();
  }

  /** Whether a query sees a key. */
  public boolean sees(int query, int key) {
    return isNone() || queries.get(query).contains(key);
  }

  /** What a query sees of so many keys. */
  Keys seen(int query, int keys) {
    return isNone() ? Keys.first(keys) : queries.get(query);
  }

  /**
   * What at least one of some queries sees of so many keys.
   *
   * @param first of the queries
   * @param end the first that is none of them
   */
  Keys seen(int first, int end, int keys) {
    return isNone()
        ? Keys.first(keys)
        : queries.subList(first, end).stream().reduce(Keys::union).orElseThrow();
  }

  /** What is added to each query's scores: 0 where it sees the key, −∞ elsewhere. */
  float[][] scores(int keys) {
    float[][] scores = new float[queries.size()][keys];
    for (int query = 0; query < scores.length; query++) {
      for (int key = 0; key < keys; key++) {
        scores[query][key] = sees(query, key) ? 0 : Float.NEGATIVE_INFINITY;
      }
    }
    return scores;
  }
}
