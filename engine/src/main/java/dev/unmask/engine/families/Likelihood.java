package dev.unmask.engine.families;

/** What a model can say of how probable a place is. */
public sealed interface Likelihood {
  /** log p(x) at places, in nats. */
  @FunctionalInterface
  interface Logarithm {
    /**
     * Of each place, or a bound below it.
     *
     * @param places [2 × N]
     */
    double[] at(float[] places);
  }

  /** The density itself, but for rounding and what the family says of its solver. */
  record Exact(Logarithm logarithm) implements Likelihood {}

  /** A bound that log p(x) is not below, on average over a family's own random numbers. */
  record Bound(Logarithm logarithm) implements Likelihood {}

  /** Nothing: the density is there by its samples alone. */
  record None() implements Likelihood {}
}
