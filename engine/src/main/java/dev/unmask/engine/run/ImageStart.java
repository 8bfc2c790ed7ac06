package dev.unmask.engine.run;

/**
 * Clean images that a run starts with.
 *
 * @param clean image after image, [N × C × H × W]
 * @param noise standard normal numbers that noise them, shaped as they are
 * @param time t to which they are noised first, in [0, 1]; an inverting sampler starts at 0
 * @param source in words
 */
public record ImageStart(float[] clean, float[] noise, double time, String source) {}
