package dev.unmask.engine.denoiser;

/** What a denoiser was trained for, which decides the samplers that suit it. */
public enum TrainedFor {
  /** Filling in masks, wherever they are. */
  MASKS,
  /** Going on from left to right. */
  LEFT_TO_RIGHT,
  /** Telling the true tokens where any may stand. */
  UNIFORM_NOISE,
  /** Filling in the masks of a block behind clean ones. */
  BLOCKS
}
