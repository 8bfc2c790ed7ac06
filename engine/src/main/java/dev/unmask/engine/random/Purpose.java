package dev.unmask.engine.random;

/**
 * What a random number decides: numbers for two purposes never depend on each other. A purpose's
 * place in the list is part of the numbers, so new ones are added at the end.
 */
public enum Purpose {
  /** Which token a position takes. */
  TOKEN,
  /** Which positions are committed, where the order is random. */
  ORDER,
  /** The first weights of a model to be trained. */
  WEIGHT,
  /** Where in the training text a window begins. */
  WINDOW,
  /** The time t of a training batch, or of what a sampler does next. */
  TIME,
  /** Which tokens of a training batch are masked; what noise puts in a token's place. */
  NOISE,
  /** Which tokens a sampler of a uniform process starts from. */
  START,
  /** Whether a position takes a token, keeps the one it has or becomes noise. */
  ROUTE
}
