package dev.unmask.engine.training;

import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import java.util.stream.IntStream;

/**
 * DDPM's noise at a uniform step (https://arxiv.org/abs/2006.11239, section 3.4), x = √ᾱ · image +
 * √(1 − ᾱ) · noise, of which the velocity √ᾱ · noise − √(1 − ᾱ) · image is to be told
 * (https://arxiv.org/abs/2202.00512, appendix D). Told the noise itself, a network would have to
 * copy its input to within a hundredth where there is much noise.
 *
 * @param kept ᾱ of each step
 */
record GaussianCorruption(double[] kept) implements TrainingCorruption {
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
    double signal = Math.sqrt(kept);
    double spread = Math.sqrt(1 - kept);
    for (int i = 0; i < numbers.length / 2; i++) {
      double noise = Normal.of(numbers[2 * i], numbers[2 * i + 1], 1);
      double clean = batch.x()[from + i];
      batch.x()[from + i] = (float) (signal * clean + spread * noise);
      batch.target()[from + i] = (float) (signal * noise - spread * clean);
    }
  }
}
