package dev.unmask.engine.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTest {
  private static final int MASK = 9;

  @ParameterizedTest
  @CsvSource({
    "9, 4, 4, COMMITTED",
    "9, 9, 4, KEPT_MASKED",
    "9, 9, 9, KEPT_MASKED",
    "9, 9, -1, NONE",
    "4, 9, -1, REMASKED",
    "4, 5, 5, EDITED",
    "4, 4, 5, NONE",
    "-1, 9, -1, STARTED",
    "-1, -1, -1, NONE"
  })
  void anEventFollowsFromTheTokensBeforeAndAfter(
      int before, int after, int predicted, Event event) {
    TokenStep step = new TokenStep(new int[] {predicted}, new float[] {1}, state(after));
    assertThat(Event.at(0, MASK, state(before), step)).isEqualTo(event);
  }

  private static TokenState state(int token) {
    return new TokenState(0, new int[] {token}, new byte[1], 0, 0, new long[0], Map.of());
  }
}
