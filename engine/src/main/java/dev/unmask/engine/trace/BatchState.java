package dev.unmask.engine.trace;

/**
 * A batch of images at a time, or of whatever else has numbers for a state. Its array is never
 * written to.
 *
 * @param x image after image, channel after channel, line after line: [N × C × H × W], from −1
 *     (black) to 1 (white) where clean
 * @param time t in [0, 1], 0 where it is clean; NaN where nothing tells it
 * @param alpha of x = α x_0 + σ ε; NaN where the noise is not Gaussian
 * @param sigma likewise
 */
public record BatchState(float[] x, double time, double alpha, double sigma) {}
