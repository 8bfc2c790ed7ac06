package dev.unmask.engine.tensor;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Some of a sequence's keys, such as those that a query sees.
 *
 * @param bits one for each key, the first key's the lowest of the first; none beyond the last key
 */
record Keys(long[] bits) {
  /** The first keys of a sequence. */
  static Keys first(int count) {
    long[] bits = new long[Math.ceilDiv(count, Long.SIZE)];
    Arrays.fill(bits, -1L);
    if (count % Long.SIZE != 0) {
      bits[bits.length - 1] >>>= Long.SIZE - count % Long.SIZE;
    }
    return new Keys(bits);
  }

  /** Those of so many keys of which something is true. */
  static Keys of(int count, IntPredicate in) {
    long[] bits = new long[Math.ceilDiv(count, Long.SIZE)];
    IntStream.range(0, count)
        .filter(in)
        .forEach(key -> bits[key / Long.SIZE] |= 1L << key % Long.SIZE);
    return new Keys(bits);
  }

  /** These and others. */
  Keys union(Keys others) {
    long[] longer = bits.length < others.bits.length ? others.bits : bits;
    long[] shorter = longer == bits ? others.bits : bits;
    long[] all = longer.clone();
    for (int i = 0; i < shorter.length; i++) {
      all[i] |= shorter[i];
    }
    return new Keys(all);
  }

  boolean contains(int key) {
    return some(key, 1) != 0;
  }

  /**
   * Which keys there are of some that follow each other, the first one's bit the lowest.
   *
   * @param from a multiple of {@code count}
   * @param count a power of two, at most 32
   */
  int some(int from, int count) {
    int word = from / Long.SIZE;
    long all = word < bits.length ? bits[word] >>> from % Long.SIZE : 0;
    return (int) (all & ((1L << count) - 1));
  }

  /** Where the last key is, and one more. */
  int end() {
    int word = bits.length - 1;
    while (word >= 0 && bits[word] == 0) {
      word--;
    }
    return word < 0 ? 0 : (word + 1) * Long.SIZE - Long.numberOfLeadingZeros(bits[word]);
  }
}
