package dev.unmask.engine.denoiser;

/** Which positions a position may look at. */
public enum Attention {
  /** Every position. */
  FULL,
  /** Itself and the positions before it. */
  CAUSAL
}
