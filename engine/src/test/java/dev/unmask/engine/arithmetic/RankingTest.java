package dev.unmask.engine.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingTest {
  @Test
  void putsTheGreatestFirstAndOfEqualsTheFirst() {
    float[] scores = {-2, 0.5f, Float.NEGATIVE_INFINITY, 3, 0.5f, -0.25f, Float.POSITIVE_INFINITY};
    assertThat(Ranking.descending(IntStream.range(0, 7), scores).toArray())
        .containsExactly(6, 3, 1, 4, 5, 0, 2);
    assertThat(Ranking.descending(IntStream.of(4, 0, 1), scores).toArray())
        .containsExactly(1, 4, 0);
  }
}
