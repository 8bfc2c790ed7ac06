package dev.unmask.engine.random;

/** What a random number decides: numbers for two purposes never depend on each other. */
public enum Purpose {
  /** Which token a position takes. */
  TOKEN,
  /** Which positions are committed, where the order is random. */
  ORDER
}
