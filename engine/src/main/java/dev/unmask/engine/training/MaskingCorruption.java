package dev.unmask.engine.training;

import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import java.util.stream.IntStream;

/**
 * The denoising autoencoder's objective (Vincent et al. 2008,
 * https://doi.org/10.1145/1390156.1390294, section 2.3): pixels by chance are black, and the whole
 * image is to be told. The chance is an image's own, any from 0 to 1, so that a chain can begin
 * where nothing is left. The network is told neither it nor the class.
 */
public record MaskingCorruption() implements TrainingCorruption {
  private static final float BLACK = -1;

  /** The chances of a batch are stratified. */
  @Override
  public ImageBatch draw(LabelledImages images, int count, Philox random) {
    int size = images.height() * images.width();
    Rows each = Rows.packed(IntStream.range(0, count).toArray());
    double[][] choices = random.uniform64(Purpose.WINDOW, each, 1);
    double[][] numbers = random.uniform64(Purpose.NOISE, each, size);
    double shift = random.uniform64(Purpose.TIME, Rows.packed(new int[] {0}), 1)[0][0];
    ImageBatch batch = ImageBatch.allocate(count, size);
    for (int i = 0; i < count; i++) {
      double chance = (shift + (double) i / count) % 1;
      images.copy((int) (choices[i][0] * images.count()), batch.target(), i * size);
      for (int pixel = 0; pixel < size; pixel++) {
        int at = i * size + pixel;
        batch.x()[at] = numbers[i][pixel] < chance ? BLACK : batch.target()[at];
      }
    }
    return batch;
  }
}
