package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.denoiser.Vocabulary;

/** What each position of a sequence may become in one reverse step. */
interface ReverseStep {
  /** Whether a token may change that the denoiser was not asked about. */
  boolean moves(int position);

  /**
   * Weights of the tokens that a position may become, [V]; they need not sum to 1.
   *
   * @param token that stands there
   * @param predicted as {@link ReverseKernel#predicted} gives it, null if the denoiser was not
   *     asked
   */
  float[] weights(int position, int token, float[] predicted, Vocabulary vocabulary);

  /** How many tokens, from the first, are drawn among. */
  default int columns(Vocabulary vocabulary) {
    return vocabulary.size();
  }
}
