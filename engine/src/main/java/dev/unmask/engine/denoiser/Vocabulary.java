package dev.unmask.engine.denoiser;

/**
 * What must be known of a model's tokens.
 *
 * @param size number of tokens, the mask included
 * @param maskId the token that stands for noise, {@link #NO_MASK} if any token may
 * @param endIds the tokens that end a text, the end-of-text token first; may be empty
 */
public record Vocabulary(int size, int maskId, int[] endIds) {
  /** The mask id of a model that has no mask: where nothing is given, a sequence starts empty. */
  public static final int NO_MASK = -1;

  /** Whether there is a mask. */
  public boolean hasMask() {
    return maskId != NO_MASK;
  }
}
