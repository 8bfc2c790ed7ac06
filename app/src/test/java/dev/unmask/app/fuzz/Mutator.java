package dev.unmask.app.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/** Damages an input. */
@FunctionalInterface
interface Mutator {
  /** Another input that is like this one; never the same array. */
  byte[] apply(byte[] input, RandomGenerator random);

  /** One of some, at random. */
  static Mutator oneOf(Mutator... some) {
    return (input, random) -> some[random.nextInt(some.length)].apply(input, random);
  }

  /** An element, at random. */
  static <T> T any(List<T> elements, RandomGenerator random) {
    return elements.get(random.nextInt(elements.size()));
  }
}
