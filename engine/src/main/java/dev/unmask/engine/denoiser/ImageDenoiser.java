package dev.unmask.engine.denoiser;

import dev.unmask.engine.noise.gaussian.Corruption;

/**
 * What image samplers ask: the clean images behind corrupted ones, x̂0. Noise, velocity and score
 * are views of it, by the process. Used by one thread at a time.
 */
public interface ImageDenoiser extends AutoCloseable {
  /** Of each image. */
  ImageShape shape();

  /** How many classes an image can be asked to be of; 0 if none. */
  int classes();

  /** Whether it can be asked about images that were corrupted so. */
  boolean undoes(Corruption corruption);

  /**
   * x̂0, the expected clean images.
   *
   * @param x image after image, channel after channel, line after line: [N × C × H × W]
   * @param labels one an image: a class, or {@link #classes} for none
   * @return shaped as x, from −1 (black) to 1 (white)
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
   */
  float[] clean(float[] x, Corruption corruption, int[] labels);

  /** Frees the memory that it holds outside the heap. */
  @Override
  void close();
}
