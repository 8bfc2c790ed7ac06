package dev.unmask.engine.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.random.Philox;
import org.junit.jupiter.api.Test;

class CausalObjectiveTest {
  @Test
  void everyTokenIsAskedForBehindTheOneBeforeItAndTheFirstBehindAnEnd() {
    int[][] windows = {{5, 6, 7}, {8, 9, 10}};
    Batch batch = new CausalObjective(1).draw(windows, new Philox(0, 0));
    assertThat(batch.ids()).containsExactly(1, 5, 6, 1, 8, 9);
    assertThat(batch.targets()).containsExactly(5, 6, 7, 8, 9, 10);
    assertThat(batch.rows()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(batch.weights()).containsOnly(1 / 6f);
  }
}
