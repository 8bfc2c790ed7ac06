package dev.unmask.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.random.Philox;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GaussianCorruptionTest {
  private static final double[] KEPT = {0.9, 0.5, 0.1, 0.01};

  /** A white one of class 0 and a black one of class 1. */
  private static final LabelledImages IMAGES =
      new LabelledImages(1, 2, new byte[] {-1, -1, 0, 0}, new byte[] {0, 1});

  private final ImageBatch batch =
      new GaussianCorruption(KEPT).draw(IMAGES, 4000, new Philox(2, 0));

  @Test
  void anImageIsItsPixelsAndNoiseAsMuchAsTheTimeSays() {
    int seen = 0;
    for (int i = 0; i < 4000; i++) {
      double kept = KEPT[(int) Math.round(batch.times()[i] * 4)];
      for (int pixel = 2 * i; pixel < 2 * i + 2; pixel++) {
        double clean =
            Math.sqrt(kept) * batch.x()[pixel] - Math.sqrt(1 - kept) * batch.target()[pixel];
        assertThat(Math.abs(clean)).isCloseTo(1, within(1e-5));
        if (batch.labels()[i] < 2) {
          assertThat(clean > 0).isEqualTo(batch.labels()[i] == 0);
          seen++;
        }
      }
    }
    assertThat(seen).isGreaterThan(6000);
  }

  @Test
  void timesAreSpreadAndATenthOfTheLabelsLeftOut() {
    for (double time : new double[] {0, 0.25, 0.5, 0.75}) {
      assertThat(Arrays.stream(batch.times()).filter(t -> t == time).count()).isEqualTo(1000);
    }
    assertThat(Arrays.stream(batch.labels()).filter(label -> label == 2).count())
        .isBetween(340L, 460L);
  }

  @Test
  void noiseIsStandardNormal() {
    double mean = 0;
    double square = 0;
    for (int i = 0; i < 8000; i++) {
      double kept = KEPT[(int) Math.round(batch.times()[i / 2] * 4)];
      double noise = Math.sqrt(1 - kept) * batch.x()[i] + Math.sqrt(kept) * batch.target()[i];
      mean += noise / 8000;
      square += noise * noise / 8000;
    }
    assertThat(mean).isCloseTo(0, within(0.04));
    assertThat(square).isCloseTo(1, within(0.06));
  }
}
