package dev.unmask.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.random.Philox;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MaskedObjectiveTest {
  private static final int MASK = 999;
  private static final int[] CORPUS = IntStream.range(0, 500).toArray();

  private final MaskedObjective objective = new MaskedObjective(MASK, 16, 10);

  @Test
  void rowsAreTheMaskedPlacesAndTargetsWhatStoodThere() {
    Batch batch = objective.draw(CORPUS, new Philox(3, 0));
    assertThat(batch.rows())
        .isEqualTo(IntStream.range(0, 160).filter(i -> batch.ids()[i] == MASK).toArray());
    for (int i = 0; i < batch.rows().length; i++) {
      int row = batch.rows()[i];
      int window = row / 10 * 10;
      IntStream.range(window, window + 10)
          .filter(other -> batch.ids()[other] != MASK)
          .forEach(
              other ->
                  assertThat(batch.ids()[other] - other)
                      .isEqualTo(batch.targets()[indexOf(batch, row)] - row));
    }
  }

  private static int indexOf(Batch batch, int row) {
    return Arrays.binarySearch(batch.rows(), row);
  }

  @Test
  void weightsAddUpToOneOnAverageSoThatTheLossIsPerToken() {
    double sum = 0;
    int draws = 400;
    for (int step = 0; step < draws; step++) {
      for (float weight : objective.draw(CORPUS, new Philox(3, step)).weights()) {
        sum += weight;
      }
    }
    assertThat(sum / draws).isCloseTo(1, within(0.05));
  }

  @Test
  void timesAreSpreadOverTheBatch() {
    Batch batch = objective.draw(CORPUS, new Philox(3, 7));
    double[] times = new double[16];
    for (int i = 0; i < batch.rows().length; i++) {
      times[batch.rows()[i] / 10] = 1 / (160 * batch.weights()[i]);
    }
    double[] known = Arrays.stream(times).filter(time -> time > 0).sorted().toArray();
    for (int i = 1; i < known.length; i++) {
      double strata = (known[i] - known[i - 1]) * 16 / (1 - 1e-3);
      assertThat(strata).isCloseTo(Math.rint(strata), within(1e-3));
    }
    assertThat(known.length).isGreaterThan(10);
  }

  @Test
  void aStepAlwaysDrawsTheSame() {
    assertThat(objective.draw(CORPUS, new Philox(3, 7)).ids())
        .isEqualTo(objective.draw(CORPUS, new Philox(3, 7)).ids())
        .isNotEqualTo(objective.draw(CORPUS, new Philox(3, 8)).ids());
  }
}
