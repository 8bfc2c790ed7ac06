package dev.unmask.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.noise.UniformTransition;
import dev.unmask.engine.random.Philox;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UniformObjectiveTest {
  private static final int VOCABULARY = 50;
  private static final int WINDOWS = 400;
  private static final int LENGTH = 20;

  private final int[][] windows =
      IntStream.range(0, WINDOWS)
          .mapToObj(i -> IntStream.range(0, LENGTH).map(j -> (i + j) % VOCABULARY).toArray())
          .toArray(int[][]::new);
  private final Batch batch = new UniformObjective(VOCABULARY).draw(windows, new Philox(4, 0));

  @Test
  void everyTokenIsAskedForAndReplacedAsOftenAsTheTimeSays() {
    double expected = 0;
    double variance = 0;
    int changed = 0;
    for (int row = 0; row < WINDOWS * LENGTH; row++) {
      double chance = batch.times()[row / LENGTH] * (VOCABULARY - 1) / VOCABULARY;
      expected += chance;
      variance += chance * (1 - chance);
      assertThat(batch.targets()[row]).isEqualTo(windows[row / LENGTH][row % LENGTH]);
      changed += batch.ids()[row] == batch.targets()[row] ? 0 : 1;
    }
    assertThat(batch.rows()).isEqualTo(IntStream.range(0, WINDOWS * LENGTH).toArray());
    assertThat((double) changed).isCloseTo(expected, within(4 * Math.sqrt(variance)));
  }

  @Test
  void timesAreSpreadAndWeightsTheirInverses() {
    double[] sorted = Arrays.stream(batch.times()).sorted().toArray();
    for (int i = 1; i < WINDOWS; i++) {
      assertThat(sorted[i] - sorted[i - 1]).isCloseTo(0.98 / WINDOWS, within(1e-9));
    }
    assertThat(batch.weights()[5 * LENGTH])
        .isCloseTo((float) (1 / (batch.times()[5] * WINDOWS * LENGTH)), within(1e-7f));
  }

  @Test
  void evidenceIsWhatTheTokenThatStandsThereTells() {
    double t = batch.times()[7];
    UniformTransition noise = new UniformTransition(VOCABULARY, 1 - t);
    double ratio = noise.probability(3, 3) / noise.probability(4, 3);
    assertThat((double) batch.evidence()[7 * LENGTH]).isCloseTo(Math.log(ratio), within(1e-5));
  }
}
