package dev.unmask.engine.sampler.ancestral;

/** What follows the last of the times, where next to no noise is left. */
enum Ending {
  /** Nothing. */
  NONE,
  /** One more step, in which what the denoiser was asked about takes its most probable token. */
  MOST_PROBABLE,
  /** One more step, drawn as the others, to what is clean. */
  DRAWN
}
