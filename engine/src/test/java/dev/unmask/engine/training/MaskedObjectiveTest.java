package dev.unmask.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.random.Philox;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MaskedObjectiveTest {
  private static final int MASK = 999;
  private static final int[] CLEAN = IntStream.range(0, 160).toArray();
  private static final int[][] WINDOWS =
      IntStream.range(0, 16)
          .mapToObj(i -> Arrays.copyOfRange(CLEAN, 10 * i, 10 * i + 10))
          .toArray(int[][]::new);

  private final MaskedObjective objective = new MaskedObjective(MASK);

  @Test
  void rowsAreTheMaskedPlacesAndTargetsWhatStoodThere() {
    Batch batch = draw(0);
    assertThat(batch.rows())
        .isEqualTo(IntStream.range(0, 160).filter(i -> batch.ids()[i] == MASK).toArray())
        .isEqualTo(batch.targets());
    IntStream.range(0, 160)
        .filter(i -> batch.ids()[i] != MASK)
        .forEach(i -> assertThat(batch.ids()[i]).isEqualTo(i));
  }

  @Test
  void eachWindowsWeightsAreTheSameAndAddUpToItsShare() {
    Batch batch = draw(0);
    double[] shares = new double[16];
    for (int i = 0; i < batch.rows().length; i++) {
      assertThat(1 / (16 * batch.weights()[i]))
          .isCloseTo(masked(batch)[batch.rows()[i] / 10], within(1e-5f));
      shares[batch.rows()[i] / 10] += batch.weights()[i];
    }
    assertThat(shares)
        .containsExactly(IntStream.range(0, 16).mapToDouble(i -> 1 / 16.0).toArray(), within(1e-6));
  }

  /** 16 strata of 10 numbers: each number comes once or twice. */
  @Test
  void numbersOfMasksAreSpreadOverTheBatch() {
    for (int step = 0; step < 20; step++) {
      int[] masked = masked(draw(step));
      for (int count = 1; count <= 10; count++) {
        int wanted = count;
        assertThat(Arrays.stream(masked).filter(m -> m == wanted).count()).isBetween(1L, 2L);
      }
    }
  }

  @Test
  void everyPlaceIsMaskedAsOften() {
    int[] counts = new int[10];
    for (int step = 0; step < 400; step++) {
      Arrays.stream(draw(step).rows()).forEach(row -> counts[row % 10]++);
    }
    double expected = 400 * 16 * 0.55;
    Arrays.stream(counts)
        .forEach(count -> assertThat((double) count).isCloseTo(expected, within(200.0)));
  }

  @Test
  void aStepAlwaysDrawsTheSame() {
    assertThat(draw(7).ids()).isEqualTo(draw(7).ids()).isNotEqualTo(draw(8).ids());
  }

  private Batch draw(int step) {
    return objective.draw(WINDOWS, new Philox(3, step));
  }

  private static int[] masked(Batch batch) {
    int[] masked = new int[16];
    Arrays.stream(batch.rows()).forEach(row -> masked[row / 10]++);
    return masked;
  }
}
