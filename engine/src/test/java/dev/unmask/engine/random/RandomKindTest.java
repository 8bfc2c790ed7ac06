package dev.unmask.engine.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import org.junit.jupiter.api.Test;

class RandomKindTest {
  @Test
  void isFoundByItsWord() {
    assertThat(RandomKind.of("philox")).isEqualTo(RandomKind.PHILOX);
    assertThat(RandomKind.of("torch")).isEqualTo(RandomKind.TORCH);
  }

  @Test
  void saysWhatThereIs() {
    assertThatThrownBy(() -> RandomKind.of("dice"))
        .isInstanceOf(InputException.class)
        .hasMessage("There is no random generator 'dice'; there are philox and torch.");
  }
}
