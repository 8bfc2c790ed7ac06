package dev.unmask.app.compare;

import static dev.unmask.app.picture.HandMade.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.History;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RaceRunnerTest {
  private final History history =
      History.of(
          new HandMade(1, "a", "_", "_", "_")
              .then(row("-", "b", "c", "d"), "a", "_", "_", "d")
              .then(row("-", "b", "c", "-"), "a", "b", "_", "d")
              .then(row("-", "-", "c", "-"), "a", "b", "c", "d"));
  private final RaceRunner measured =
      new RaceRunner("r", history, new double[] {0, 0.1, 0.3, 0.5}, Optional.empty());

  @Test
  void itIsWhereItWasByTheClock() {
    assertThat(measured.step(RaceRunner.Clock.TIME, 0.05)).isZero();
    assertThat(measured.step(RaceRunner.Clock.TIME, 0.3)).isEqualTo(2);
    assertThat(measured.step(RaceRunner.Clock.TIME, 9)).isEqualTo(3);
    assertThat(measured.step(RaceRunner.Clock.EVALUATIONS, 1)).isEqualTo(1);
  }

  @Test
  void whatWasGivenIsNotWritten() {
    assertThat(measured.tokens(0)).isZero();
    assertThat(measured.tokens(3)).isEqualTo(3);
    assertThat(measured.answer()).isEqualTo(3);
    assertThat(measured.tokensPerSecond().orElseThrow()).isCloseTo(6, within(1e-9));
  }

  @Test
  void aTextCanBeReadOnceItsFirstWordIsThereAndNotWhenAnyIs() {
    assertThat(measured.firstReadable()).hasValue(2);
  }

  @Test
  void aRecordedRunHasNoClock() {
    RaceRunner recorded = RaceRunner.recorded("r", history);
    assertThat(recorded.knows(RaceRunner.Clock.TIME)).isFalse();
    assertThat(recorded.knows(RaceRunner.Clock.EVALUATIONS)).isTrue();
    assertThat(recorded.tokensPerSecond()).isEmpty();
    assertThat(recorded.end(RaceRunner.Clock.EVALUATIONS)).isEqualTo(3);
  }
}
