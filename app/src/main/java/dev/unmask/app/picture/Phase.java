package dev.unmask.app.picture;

/** The two phases of a step, in their order. */
public enum Phase {
  /** The denoiser has predicted, nothing is decided: the state is still the one before the step. */
  PREDICTED,
  /** The sampler has decided. */
  DECIDED
}
