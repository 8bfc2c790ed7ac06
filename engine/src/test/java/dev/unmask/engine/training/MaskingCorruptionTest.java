package dev.unmask.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.random.Philox;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MaskingCorruptionTest {
  private static final int COUNT = 2000;

  /** Two of three pixels, a white and a grey one, and of another class the other way round. */
  private static final LabelledImages IMAGES =
      new LabelledImages(
          1, 3, new byte[] {-1, (byte) 153, 0, (byte) 153, -1, 0}, new byte[] {0, 1});

  private final ImageBatch batch = new MaskingCorruption().draw(IMAGES, COUNT, new Philox(2, 0));

  @Test
  void aPixelIsItsOwnOrBlackAndAllAreToBeTold() {
    int masked = 0;
    for (int i = 0; i < batch.x().length; i++) {
      float clean = batch.target()[i];
      assertThat(batch.x()[i]).isIn(clean, -1f);
      masked += clean > -1 && batch.x()[i] == -1 ? 1 : 0;
    }
    assertThat(masked / (2.0 * COUNT)).isBetween(0.45, 0.55);
    assertThat(batch.target()[2]).isEqualTo(-1);
    assertThat(batch.target()[0] + batch.target()[1]).isCloseTo(1.2f, within(1e-5f));
  }

  /** A third of the images would lose neither of two pixels if each had a chance of its own. */
  @Test
  void theChanceIsTheImagesOwn() {
    int whole = 0;
    for (int i = 0; i < COUNT; i++) {
      whole += Arrays.equals(batch.x(), 3 * i, 3 * i + 3, batch.target(), 3 * i, 3 * i + 3) ? 1 : 0;
    }
    assertThat(whole / (double) COUNT).isBetween(0.28, 0.38);
  }

  @Test
  void neitherChanceNorClassIsTold() {
    assertThat(batch.times()).containsOnly(0);
    assertThat(batch.labels()).containsOnly(0);
  }
}
