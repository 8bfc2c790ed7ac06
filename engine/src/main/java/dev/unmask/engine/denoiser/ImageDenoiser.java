package dev.unmask.engine.denoiser;

import dev.unmask.engine.noise.gaussian.Parameterization;
import java.util.Arrays;

/** A model of images that tells from noised ones what was clean. Used by one thread at a time. */
public interface ImageDenoiser extends AutoCloseable {
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
   * @param time what a sampler tells of the noise: a step of the training, from 0, the cleanest
   * @param labels one an image: a class, or {@link #classes} for none
   * @return as many values as in {@code x}
   * @throws java.util.concurrent.CancellationException if the thread was interrupted; the flag is
   *     cleared
   */
  float[] predict(float[] x, double time, int[] labels);

  /**
   * One evaluation with classifier-free guidance (https://arxiv.org/abs/2207.12598, equation 6): (1
   * + w) f(x, label) − w f(x, none).
   *
   * @param guidance w; 0 is none, and costs one evaluation instead of two
   */
  default float[] predict(float[] x, double time, int[] labels, double guidance) {
    float[] asked = predict(x, time, labels);
    if (guidance == 0) {
      return asked;
    }
    int[] none = new int[labels.length];
    Arrays.fill(none, classes());
    float[] unasked = predict(x, time, none);
    for (int i = 0; i < asked.length; i++) {
      asked[i] += (float) guidance * (asked[i] - unasked[i]);
    }
    return asked;
  }

  /** Frees the memory that it holds outside the heap. */
  @Override
  void close();
}
