package dev.unmask.engine.random;

import java.util.stream.IntStream;

/**
 * The rows that are wanted of a random tensor. The tensor has {@code count} rows, because a
 * sequential generator must draw it whole, as its reference does; of these, row {@code wanted[i]}
 * belongs to sequence position {@code positions[i]}.
 */
public record Rows(int count, int[] wanted, int[] positions) {
  /** A tensor with a row for every position of a sequence, of which these positions are wanted. */
  public static Rows ofSequence(int length, int[] positions) {
    return new Rows(length, positions, positions);
  }

  /** A tensor with rows for these positions only, all wanted. */
  public static Rows packed(int[] positions) {
    return new Rows(positions.length, IntStream.range(0, positions.length).toArray(), positions);
  }
}
