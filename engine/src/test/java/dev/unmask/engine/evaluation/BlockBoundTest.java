package dev.unmask.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlockBoundTest {
  private static final int MASK = 1;

  /**
   * The loss of a place is the number of masks in its block plus that of clean blocks before it. A
   * window of 7 is cut into blocks of 3, 3 and 1.
   */
  @Test
  void isTheSumOfTheBlocksBoundsBehindCleanBlocks() {
    TextBound bound =
        TextBound.estimate(
            new Counting(),
            new WindowBound.Block(MASK, 3),
            Collections.nCopies(300, new int[7]),
            3,
            4);
    double expected = 3 * (2 + 0) + 3 * (2 + 1) + (1 + 2);
    assertThat(bound.natsPerToken()).isCloseTo(expected / 7, within(0.02));
  }

  private record Counting() implements TokenDenoiser {
    @Override
    public int vocabularySize() {
      return 2;
    }

    @Override
    public int contextLength() {
      return 7;
    }

    @Override
    public RowMeaning rowMeaning() {
      return RowMeaning.CLEAN_LOGITS;
    }

    @Override
    public Prediction predict(Request request) {
      float[][] logits = new float[request.rows().length][];
      Arrays.setAll(logits, i -> row(request, request.rows()[i]));
      return new Prediction(request.rows(), logits);
    }

    private static float[] row(Request request, int slot) {
      int[] seen =
          IntStream.range(0, 14)
              .filter(key -> request.attention().sees(request.positions(), slot, key))
              .toArray();
      long masks = IntStream.of(seen).filter(key -> request.ids()[key] == MASK).count();
      long clean = IntStream.of(seen).filter(key -> key >= 7).count() / 3;
      return new float[] {0, (float) Math.log(Math.expm1(masks + clean))};
    }

    @Override
    public void close() {}
  }
}
