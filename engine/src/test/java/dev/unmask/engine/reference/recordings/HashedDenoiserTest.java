package dev.unmask.engine.reference.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Guidance;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.reference.recordings.HashedDenoiser.Fixed;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Against values computed in Python from the definition. */
class HashedDenoiserTest {
  private static final int[] IDS = {3, 1, 4, 7};

  @Test
  void hashesTheRowsThatAreWanted() {
    Prediction prediction = model(List.of()).predict(request(Optional.empty(), 1, 3));
    assertThat(prediction.rows()).containsExactly(1, 3);
    assertThat(prediction.logits()[0])
        .containsExactly(
            8.2646484375f,
            0.334716796875f,
            2.849853515625f,
            15.345703125f,
            12.93408203125f,
            15.79296875f,
            2.841796875f,
            -16f);
    assertThat(prediction.logits()[1]).startsWith(1.515869140625f, 11.53076171875f);
  }

  @Test
  void guidesByTheHashOfTheUnconditionalRow() {
    Guidance guidance = new Guidance(1.5f, new int[] {7, 7, 4, 7});
    assertThat(model(List.of()).predict(request(Optional.of(guidance), 1)).logits()[0])
        .startsWith(9.1435546875f, -5.445556640625f, -8.4664306640625f)
        .endsWith(-16f);
  }

  @Test
  void setsWhatIsFixedLast() {
    float[][] rows =
        model(List.of(new Fixed(3, 7, 99f))).predict(request(Optional.empty(), 1, 3)).logits();
    assertThat(rows[0][7]).isEqualTo(-16f);
    assertThat(rows[1][7]).isEqualTo(99f);
  }

  private static HashedDenoiser model(List<Fixed> fixed) {
    return new HashedDenoiser(9, 8, 48, 4096, 7, OptionalDouble.of(-16), fixed);
  }

  private static Request request(Optional<Guidance> guidance, int... rows) {
    return Request.ofSequence(IDS, Attention.FULL, rows, guidance);
  }
}
