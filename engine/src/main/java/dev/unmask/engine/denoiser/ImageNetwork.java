package dev.unmask.engine.denoiser;

import dev.unmask.engine.noise.gaussian.Parameterization;

/**
 * A trained network of images, in the terms of its training: {@link NetworkDenoiser} reads x̂0 from
 * what it says. Used by one thread at a time.
 */
public interface ImageNetwork extends AutoCloseable {
  /** Of each image. */
  ImageShape shape();

  /** How many classes an image can be asked to be of; 0 if none. */
  int classes();

  /** What {@link #predict} gives. */
  Parameterization output();

  /**
   * One evaluation of each image of a batch.
   *
   * @param x image after image, channel after channel, line after line: [N × C × H × W], from −1
   *     (black) to 1 (white) where clean
   * @param time what it is told of the noise: a step of the training, from 0, the cleanest
   * @param labels one an image: a class, or {@link #classes} for none
   * @return as many values as in {@code x}
   * @throws java.util.concurrent.CancellationException if the thread was interrupted; the flag is
   *     cleared
   */
  float[] predict(float[] x, double time, int[] labels);

  /** Frees the memory that it holds outside the heap. */
  @Override
  void close();
}
