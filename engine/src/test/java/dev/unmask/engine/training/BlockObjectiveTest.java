package dev.unmask.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.random.Philox;
import dev.unmask.engine.tensor.AttentionMask;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlockObjectiveTest {
  private static final int MASK = 99;

  private final int[][] windows = {
    IntStream.range(0, 12).toArray(), IntStream.range(20, 32).toArray()
  };
  private final Batch batch = new BlockObjective(MASK, 4).draw(windows, new Philox(6, 0));

  @Test
  void theNetworkSeesEachWindowMaskedAndThenClean() {
    for (int window = 0; window < 2; window++) {
      int[] clean = Arrays.copyOfRange(batch.ids(), 24 * window + 12, 24 * window + 24);
      assertThat(clean).isEqualTo(windows[window]);
      for (int i = 0; i < 12; i++) {
        assertThat(batch.ids()[24 * window + i]).isIn(MASK, windows[window][i]);
      }
    }
    for (int i = 0; i < batch.rows().length; i++) {
      int row = batch.rows()[i];
      assertThat(batch.ids()[row]).isEqualTo(MASK);
      assertThat(batch.targets()[i]).isEqualTo(windows[row / 24][row % 24]);
    }
  }

  @Test
  void everyBlockHasMasksAndTheSameShareOfTheLoss() {
    double[] shares = new double[6];
    for (int i = 0; i < batch.rows().length; i++) {
      int row = batch.rows()[i];
      shares[row / 24 * 3 + row % 24 / 4] += batch.weights()[i];
    }
    assertThat(shares)
        .containsExactly(
            new double[] {1 / 6.0, 1 / 6.0, 1 / 6.0, 1 / 6.0, 1 / 6.0, 1 / 6.0}, within(1e-6));
  }

  @Test
  void aMaskedBlockSeesItselfAndTheCleanBlocksBefore() {
    AttentionMask mask = new BlockObjective(MASK, 4).pattern(12).mask();
    assertThat(seen(mask, 5)).containsExactly(4, 5, 6, 7, 12, 13, 14, 15);
    assertThat(seen(mask, 17)).containsExactly(12, 13, 14, 15, 16, 17, 18, 19);
  }

  private static int[] seen(AttentionMask mask, int query) {
    return IntStream.range(0, 24).filter(key -> mask.sees(query, key)).toArray();
  }
}
