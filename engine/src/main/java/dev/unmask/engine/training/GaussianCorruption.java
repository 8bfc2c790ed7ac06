package dev.unmask.engine.training;

import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import java.util.stream.IntStream;

/**
 * DDPM's simple objective (https://arxiv.org/abs/2006.11239, equation 14): x = √ᾱ · image + √(1 −
 * ᾱ) · noise at a uniform step, of which the noise is to be told.
 *
 * @param kept ᾱ of each step
 */
record GaussianCorruption(double[] kept) implements Corruption {
  /** How many labels are left out, for guidance (https://arxiv.org/abs/2207.12598). */
  private static final double UNLABELLED = 0.1;

  /** The steps of a batch are stratified. */
  @Override
  public ImageBatch draw(LabelledImages images, int count, Philox random) {
    int size = images.height() * images.width();
    Rows each = Rows.packed(IntStream.range(0, count).toArray());
    double[][] choices = random.uniform64(Purpose.WINDOW, each, 2);
    double[][] numbers = random.uniform64(Purpose.NOISE, each, 2 * size);
    double shift = random.uniform64(Purpose.TIME, Rows.packed(new int[] {0}), 1)[0][0];
    ImageBatch batch = ImageBatch.allocate(count, size);
    for (int i = 0; i < count; i++) {
      int image = (int) (choices[i][0] * images.count());
      int step = (int) ((shift + (double) i / count) % 1 * kept.length);
      batch.times()[i] = (double) step / kept.length;
      batch.labels()[i] = choices[i][1] < UNLABELLED ? images.classes() : images.labels()[image];
      images.copy(image, batch.x(), i * size);
      corrupt(batch, i * size, numbers[i], kept[step]);
    }
    return batch;
  }

  private static void corrupt(ImageBatch batch, int from, double[] numbers, double kept) {
    float[] x = batch.x();
    float[] noise = batch.target();
    double signal = Math.sqrt(kept);
    double spread = Math.sqrt(1 - kept);
    for (int i = 0; i < numbers.length / 2; i++) {
      noise[from + i] = (float) Normal.of(numbers[2 * i], numbers[2 * i + 1], 1);
      x[from + i] = (float) (signal * x[from + i] + spread * noise[from + i]);
    }
  }
}
