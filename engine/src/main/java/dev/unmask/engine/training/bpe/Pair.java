package dev.unmask.engine.training.bpe;

/** Two token ids in one long, which orders as (left, right). */
final class Pair {
  private Pair() {}

  static long of(int left, int right) {
    return (long) left << Integer.SIZE | right;
  }

  static int left(long pair) {
    return (int) (pair >>> Integer.SIZE);
  }

  static int right(long pair) {
    return (int) pair;
  }
}
