package dev.unmask.engine.denoiser;

/**
 * What must be known of a model's tokens.
 *
 * @param size number of tokens, the mask included
 * @param maskId the token that stands for noise
 * @param endIds the tokens that end a text, the end-of-text token first; may be empty
 */
public record Vocabulary(int size, int maskId, int[] endIds) {}
