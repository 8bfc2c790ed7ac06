package dev.unmask.engine.denoiser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.reference.recordings.HashedDenoiser;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ShiftedDenoiserTest {
  private static final HashedDenoiser MODEL =
      new HashedDenoiser(3, 16, 48, 2048, 15, OptionalDouble.empty(), List.of());

  @Test
  void answersASlotWithTheRowBeforeIt() {
    int[] ids = {4, 15, 15, 2, 15};
    Prediction raw = MODEL.predict(request(ids, 0, 1, 2, 3, 4));
    Prediction shifted = new ShiftedDenoiser(MODEL).predict(request(ids, 0, 1, 2, 4));
    assertThat(shifted.rows()).containsExactly(0, 1, 2, 4);
    assertThat(shifted.logits())
        .isDeepEqualTo(
            new float[][] {raw.logits()[0], raw.logits()[0], raw.logits()[1], raw.logits()[3]});
  }

  @Test
  void asksForNoRowThatIsNotNeeded() {
    int[] ids = {4, 15, 15};
    assertThat(new ShiftedDenoiser(MODEL).predict(request(ids)).logits()).isEmpty();
  }

  private static Request request(int[] ids, int... rows) {
    return Request.ofSequence(ids, Attention.FULL, rows, Optional.empty());
  }
}
