package dev.unmask.engine.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which keys each query of a sequence sees.
 *
 * @param queries what each one sees, in its first to last key; none at all if every query sees
 *     every key
 */
public record AttentionMask(List<List<Stretch>> queries) {
  /** Every query sees every key. */
  public static final AttentionMask NONE = new AttentionMask(List.of());

  /** Keys {@code from} to {@code to} − 1, of which there is at least one. */
  public record Stretch(int from, int to) {}

  /** Whether a query sees a key. */
  @FunctionalInterface
  public interface Sight {
    /** Both counted from the sequence's first. */
    boolean sees(int query, int key);
  }

  /** Every query sees the keys before its own and its own. */
  public static AttentionMask causal(int length) {
    return new AttentionMask(
        IntStream.rangeClosed(1, length).mapToObj(to -> List.of(new Stretch(0, to))).toList());
  }

  /** Of a sequence of this length, in which each query sees some key. */
  public static AttentionMask of(int length, Sight sight) {
    return of(length, length, sight);
  }

  /** Of so many queries and keys, where each query sees some key. */
  public static AttentionMask of(int queries, int keys, Sight sight) {
    return new AttentionMask(
        IntStream.range(0, queries)
            .mapToObj(query -> stretches(keys, key -> sight.sees(query, key)))
            .toList());
  }

  private static List<Stretch> stretches(int keys, IntPredicate seen) {
    int[] edges =
        IntStream.rangeClosed(0, keys)
            .filter(key -> (key < keys && seen.test(key)) != (key > 0 && seen.test(key - 1)))
            .toArray();
    return IntStream.range(0, edges.length / 2)
        .mapToObj(i -> new Stretch(edges[2 * i], edges[2 * i + 1]))
        .toList();
  }

  /** Whether it hides nothing. */
  boolean isNone() {
    return queries.isEmpty();
  }

  /** What a query sees of so many keys. */
  List<Stretch> seen(int query, int keys) {
    return isNone() ? List.of(new Stretch(0, keys)) : queries.get(query);
  }

  /**
   * What at least one of some queries sees of so many keys.
   *
   * @param first of the queries
   * @param end the first that is none of them
   */
  List<Stretch> seen(int first, int end, int keys) {
    if (isNone()) {
      return seen(first, keys);
    }
    boolean[] seen = new boolean[keys];
    for (List<Stretch> query : queries.subList(first, end)) {
      query.forEach(stretch -> Arrays.fill(seen, stretch.from(), stretch.to(), true));
    }
    return stretches(keys, key -> seen[key]);
  }

  /** What is added to each query's scores: 0 where it sees the key, −∞ elsewhere. */
  float[][] scores(int keys) {
    float[][] scores = new float[queries.size()][keys];
    for (int query = 0; query < scores.length; query++) {
      Arrays.fill(scores[query], Float.NEGATIVE_INFINITY);
      for (Stretch stretch : queries.get(query)) {
        Arrays.fill(scores[query], stretch.from(), stretch.to(), 0);
      }
    }
    return scores;
  }
}
