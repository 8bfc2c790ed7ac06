package dev.unmask.engine.training;

import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import java.util.stream.IntStream;

/**
 * A batch of images with Gaussian noise, image after image.
 *
 * @param x √ᾱ · image + √(1 − ᾱ) · noise
 * @param times in [0, 1), one an image
 * @param labels one an image; the number of classes where it was left out
 */
record NoisedImages(float[] x, float[] noise, double[] times, int[] labels) {
  /** How many labels are left out, for guidance (https://arxiv.org/abs/2207.12598). */
  private static final double UNLABELLED = 0.1;

  /**
   * Draws a batch, its steps stratified.
   *
   * @param kept ᾱ of each step
   */
  static NoisedImages draw(LabelledImages images, int count, double[] kept, Philox random) {
    int size = images.height() * images.width();
    Rows each = Rows.packed(IntStream.range(0, count).toArray());
    double[][] choices = random.uniform64(Purpose.WINDOW, each, 2);
    double[][] numbers = random.uniform64(Purpose.NOISE, each, 2 * size);
    double shift = random.uniform64(Purpose.TIME, Rows.packed(new int[] {0}), 1)[0][0];
    NoisedImages batch =
        new NoisedImages(
            new float[count * size], new float[count * size], new double[count], new int[count]);
    for (int i = 0; i < count; i++) {
      int image = (int) (choices[i][0] * images.count());
      int step = (int) ((shift + (double) i / count) % 1 * kept.length);
      batch.times[i] = (double) step / kept.length;
      batch.labels[i] = choices[i][1] < UNLABELLED ? images.classes() : images.labels()[image];
      images.copy(image, batch.x, i * size);
      batch.corrupt(i * size, numbers[i], kept[step]);
    }
    return batch;
  }

  private void corrupt(int from, double[] numbers, double kept) {
    double signal = Math.sqrt(kept);
    double spread = Math.sqrt(1 - kept);
    for (int i = 0; i < numbers.length / 2; i++) {
      noise[from + i] = (float) Normal.of(numbers[2 * i], numbers[2 * i + 1], 1);
      x[from + i] = (float) (signal * x[from + i] + spread * noise[from + i]);
    }
  }
}
