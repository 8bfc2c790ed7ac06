package dev.unmask.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.app.picture.Colouring;
import dev.unmask.engine.InputException;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClipTest {
  @Test
  void showsEveryStepOnceAndHoldsBothEnds() {
    Clip clip = clip(0, OptionalInt.empty(), 1, 4, 1, Easing.NONE, 3);
    assertThat(clip.shots())
        .containsExactly(
            new Clip.Shot(0, 0, 0, 5),
            new Clip.Shot(1, 0, 5, 1),
            new Clip.Shot(2, 0, 6, 1),
            new Clip.Shot(3, 0, 7, 5));
    assertThat(clip.frames()).isEqualTo(12);
  }

  @Test
  void takesSeveralStepsAFrameAndEndsOnTheLast() {
    assertThat(clip(1, OptionalInt.of(8), 3, 4, 0, Easing.NONE, 9).shots())
        .extracting(Clip.Shot::step)
        .containsExactly(1, 4, 7, 8);
  }

  @Test
  void letsAStepLastForSeveralFrames() {
    assertThat(clip(0, OptionalInt.empty(), 0.25, 4, 0, Easing.NONE, 2).shots())
        .containsExactly(
            new Clip.Shot(0, 0, 0, 4), new Clip.Shot(1, 0, 4, 4), new Clip.Shot(2, 0, 8, 1));
  }

  @Test
  void easesFromAStepToTheNext() {
    assertThat(clip(0, OptionalInt.empty(), 0.25, 4, 0, Easing.SMOOTH, 1).shots())
        .extracting(Clip.Shot::turned)
        .containsExactly(0.0, 0.15625, 0.5, 0.84375, 0.0);
  }

  @Test
  void theErrorsOfRoundingDoNotAddUp() {
    Clip clip = clip(0, OptionalInt.empty(), 1, 30, 0, Easing.NONE, 299);
    int sum = clip.shots().stream().mapToInt(shot -> clip.ticks(shot, 100)).sum();
    assertThat(sum).isEqualTo(1000);
    assertThat(IntStream.range(0, 300).map(i -> clip.ticks(clip.shots().get(i), 100)))
        .allMatch(ticks -> ticks == 3 || ticks == 4);
  }

  @Test
  void aTraceOfNoStepsIsOneFrame() {
    assertThat(clip(0, OptionalInt.empty(), 1, 4, 0, Easing.NONE, 0).frames()).isEqualTo(1);
  }

  @Test
  void stepsThatTheTraceLacksAreRefused() {
    assertThatThrownBy(() -> clip(0, OptionalInt.of(4), 1, 4, 0, Easing.NONE, 3))
        .isInstanceOf(InputException.class)
        .hasMessage("The trace has no steps 0 to 4; choose a range within 0 to 3.");
    assertThatThrownBy(() -> clip(0, OptionalInt.of(-1), 1, 4, 0, Easing.NONE, 3))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("0 to -1 are no range");
  }

  private static Clip clip(
      int from, OptionalInt to, double pace, double fps, double hold, Easing easing, int steps) {
    var settings =
        new ExportSettings(
            ExportView.BOTH,
            Colouring.STATE,
            ExportTheme.DARK,
            Sample.SMALL,
            from,
            to,
            pace,
            fps,
            hold,
            easing,
            "",
            "",
            true);
    return Clip.of(settings, steps);
  }
}
