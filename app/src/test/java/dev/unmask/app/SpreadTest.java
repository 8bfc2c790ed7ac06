package dev.unmask.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void theMedianIsTheMiddleOneOrTheMeanOfTheTwoInTheMiddle() {
    assertThat(Spread.of(9, 1, 3)).isEqualTo(new Spread(1, 3, 9));
    assertThat(Spread.of(9, 1, 3, 4)).isEqualTo(new Spread(1, 3.5, 9));
  }
}
