package dev.unmask.engine.sampler.api;

/**
 * What a sampler made of one evaluation.
 *
 * @param predicted x̂0, shaped as x
 */
public record ImageStep(float[] predicted, ImageState next) {}
