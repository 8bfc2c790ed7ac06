package dev.unmask.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.Phase;
import dev.unmask.app.session.Playhead.Loop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlayheadTest {
  private static final double ONE_STEP = 1 / Playhead.STEPS_PER_SECOND;

  private final Playhead playhead = new Playhead();

  @BeforeEach
  void startsOnALiveRun() {
    playhead.restart();
    playhead.grow(10, true);
  }

  @Test
  void playsAtItsSpeed() {
    playhead.advance(3 * ONE_STEP);
    assertThat(step()).isEqualTo(3);
    playhead.speedProperty().set(2);
    playhead.advance(2 * ONE_STEP);
    assertThat(step()).isEqualTo(7);
  }

  @Test
  void addsUpPartsOfAStep() {
    playhead.speedProperty().set(Playhead.SPEEDS.getFirst());
    for (int i = 0; i < 21; i++) {
      playhead.advance(ONE_STEP / 2);
    }
    assertThat(step()).isEqualTo(1);
  }

  @Test
  void waitsAtTheHeadOfALiveRunAndStopsAtTheEndOfAFinishedOne() {
    playhead.advance(100);
    assertThat(step()).isEqualTo(10);
    assertThat(playhead.playingProperty().get()).isTrue();
    playhead.grow(12, false);
    playhead.advance(100);
    assertThat(step()).isEqualTo(12);
    assertThat(playhead.playingProperty().get()).isFalse();
  }

  @Test
  void savesUpNoTimeWhileItWaits() {
    playhead.advance(100);
    playhead.grow(20, true);
    playhead.advance(ONE_STEP);
    assertThat(step()).isEqualTo(11);
  }

  @Test
  void staysWhereItIsPutByHandWhileTheRunGoesOn() {
    playhead.seek(4);
    playhead.grow(11, true);
    playhead.advance(1);
    assertThat(step()).isEqualTo(4);
  }

  @Test
  void staysInRange() {
    playhead.seek(99);
    assertThat(step()).isEqualTo(10);
    playhead.forward();
    assertThat(step()).isEqualTo(10);
    playhead.home();
    playhead.back();
    assertThat(step()).isZero();
  }

  @Test
  void theEndOfALiveRunMovesOn() {
    playhead.seek(2);
    playhead.end();
    playhead.grow(11, true);
    playhead.advance(ONE_STEP);
    assertThat(step()).isEqualTo(11);
  }

  @Test
  void playsAFinishedTraceAgainFromTheStart() {
    playhead.grow(10, false);
    playhead.end();
    playhead.toggle();
    assertThat(step()).isZero();
    assertThat(playhead.playingProperty().get()).isTrue();
    playhead.toggle();
    playhead.advance(1);
    assertThat(step()).isZero();
  }

  @Test
  void hasAFastestAndASlowestSpeed() {
    playhead.faster();
    assertThat(playhead.speedProperty().get()).isEqualTo(2);
    Playhead.SPEEDS.forEach(speed -> playhead.faster());
    assertThat(playhead.speedProperty().get()).isEqualTo(60);
    playhead.slower();
    assertThat(playhead.speedProperty().get()).isEqualTo(30);
    Playhead.SPEEDS.forEach(speed -> playhead.slower());
    assertThat(playhead.speedProperty().get()).isEqualTo(0.1);
  }

  @Test
  void goesThroughThePhasesOfAStep() {
    playhead.seek(2);
    playhead.nextPhase();
    assertThat(step()).isEqualTo(3);
    assertThat(playhead.phaseProperty().get()).isEqualTo(Phase.PREDICTED);
    playhead.nextPhase();
    assertThat(step()).isEqualTo(3);
    assertThat(playhead.phaseProperty().get()).isEqualTo(Phase.DECIDED);
    playhead.previousPhase();
    playhead.previousPhase();
    assertThat(step()).isEqualTo(2);
    assertThat(playhead.phaseProperty().get()).isEqualTo(Phase.DECIDED);
    playhead.home();
    playhead.previousPhase();
    assertThat(playhead.phaseProperty().get()).isEqualTo(Phase.DECIDED);
  }

  @Test
  void playsBackwardsToTheStart() {
    playhead.seek(4);
    playhead.playBack();
    playhead.advance(3 * ONE_STEP);
    assertThat(step()).isEqualTo(1);
    playhead.advance(100);
    assertThat(step()).isZero();
    assertThat(playhead.playingProperty().get()).isFalse();
  }

  @Test
  void playsFasterWhenAskedAgain() {
    playhead.pause();
    playhead.playOn();
    assertThat(playhead.speedProperty().get()).isEqualTo(1);
    playhead.playOn();
    assertThat(playhead.speedProperty().get()).isEqualTo(2);
  }

  @Test
  void playsALoopAgainAndAgain() {
    playhead.seek(3);
    playhead.loopFromHere();
    playhead.seek(5);
    playhead.loopToHere();
    assertThat(playhead.loopProperty().get()).contains(new Loop(3, 5));
    playhead.toggle();
    playhead.advance(ONE_STEP);
    assertThat(step()).isEqualTo(3);
    playhead.advance(2 * ONE_STEP);
    assertThat(step()).isEqualTo(5);
    playhead.advance(ONE_STEP);
    assertThat(step()).isEqualTo(3);
    assertThat(playhead.playingProperty().get()).isTrue();
  }

  @Test
  void aLoopThatIsTurnedOffComesBackAsItWas() {
    playhead.seek(3);
    playhead.loopFromHere();
    playhead.toggleLoop();
    assertThat(playhead.loopProperty().get()).isEmpty();
    playhead.toggleLoop();
    assertThat(playhead.loopProperty().get().orElseThrow().from()).isEqualTo(3);
    playhead.restart();
    playhead.grow(4, true);
    playhead.toggleLoop();
    assertThat(playhead.loopProperty().get()).contains(new Loop(0, 4));
  }

  private int step() {
    return playhead.stepProperty().get();
  }
}
