package dev.unmask.engine.sampler.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.random.Philox;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.api.ImageStep;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WalkBackTest {
  private static final int PIXELS = 20_000;

  @Test
  void aShareOfWhatWasToldIsMaskedUntilTheLastStep() {
    WalkBack chain = WalkBack.masking(0.7, 2);
    float[] told = new float[PIXELS];
    Arrays.fill(told, 0.25f);
    ImageState start = ImageState.start(0, new float[PIXELS], 2);
    ImageStep first = chain.step(start, told, new Philox(3, 0));
    int masked = 0;
    for (float value : first.next().x()) {
      assertThat(value).isIn(0.25f, -1f);
      masked += value == -1 ? 1 : 0;
    }
    assertThat(masked / (double) PIXELS).isBetween(0.68, 0.72);
    assertThat(first.predicted()).isEqualTo(told);
    assertThat(chain.step(first.next(), told, new Philox(3, 1)).next().x()).isEqualTo(told);
  }
}
