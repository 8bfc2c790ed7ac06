package dev.unmask.engine.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EachRowTest {
  @Test
  void worksOnEveryRowOnceWhetherThereAreFewOrMany() {
    for (int rows : new int[] {0, 1, 5, 1000}) {
      int[] times = new int[rows];
      EachRow.of(rows, 100, row -> times[row]++);
      assertThat(times).containsOnly(rows == 0 ? new int[0] : new int[] {1});
    }
  }

  @Test
  void makesEachRowOfItsOwn() {
    float[][] rows = {{1}, {2}, {3}};
    assertThat(EachRow.map(rows, row -> new float[] {2 * row[0]}))
        .isDeepEqualTo(new float[][] {{2}, {4}, {6}});
  }
}
