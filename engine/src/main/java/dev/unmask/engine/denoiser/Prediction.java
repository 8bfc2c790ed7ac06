package dev.unmask.engine.denoiser;

/**
 * A denoiser's answer: for each requested slot its row over the vocabulary, guidance already
 * applied.
 *
 * @param rows the slots, as requested
 * @param logits a row of vocabulary size for each of them; treat it as immutable
 */
public record Prediction(int[] rows, float[][] logits) {}
