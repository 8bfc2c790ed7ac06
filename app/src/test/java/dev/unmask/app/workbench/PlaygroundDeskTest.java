package dev.unmask.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.playground.Layer;
import dev.unmask.app.playground.PlaneSentence;
import dev.unmask.app.playground.PlaneView;
import dev.unmask.engine.playground.PlaneData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlaygroundDeskTest {
  private final Session session = new Session(Starters.of(request -> ScriptedRun.finished()));
  private final PlaygroundChoice choice = new PlaygroundChoice();
  private final PlaygroundDesk desk = new PlaygroundDesk(session, choice, Runnable::run);

  @BeforeEach
  void choose() {
    choice.steps().textProperty().set("4");
    choice.particles().textProperty().set("8");
    desk.pulse(0);
  }

  @Test
  void dragsFromDataToNoiseWithoutComputing() {
    desk.seek(0);
    PlaneView clean = view();
    assertThat(clean.time()).isZero();
    assertThat(PlaneSentence.of(clean)).contains("all but certain");
    desk.seek(4);
    assertThat(view().time()).isEqualTo(1);
    assertThat(PlaneSentence.of(view())).contains("almost anywhere");
    assertThat(view().scene()).isSameAs(clean.scene());
    assertThat(desk.progress()).isEqualTo(1);
  }

  @Test
  void computesAnewWhatIsChosenAndStaysAtItsTime() {
    desk.seek(1);
    PlaneView before = view();
    choice.dataProperty().set(PlaneData.RINGS);
    desk.pulse(0);
    assertThat(view().scene()).isNotSameAs(before.scene());
    assertThat(view().time()).isEqualTo(before.time());
  }

  @Test
  void keepsWhatIsThereWhileSomethingTypedIsWrong() {
    PlaneView before = view();
    choice.particles().textProperty().set("many");
    desk.pulse(0);
    assertThat(view()).isEqualTo(before);
    assertThat(choice.particles().errorProperty().get()).contains("particles");
  }

  @Test
  void followsTheRunUntilItIsMoved() {
    session.start(Forms.of(1).request());
    session.pulse(0);
    session.playhead().seek(0);
    session.pulse(0);
    desk.pulse(0);
    double atStart = view().time();
    session.playhead().end();
    session.pulse(0);
    desk.pulse(0);
    assertThat(view().time()).isLessThan(atStart);
    desk.seek(3);
    desk.pulse(0);
    assertThat(view().point()).isEqualTo(3);
    assertThat(desk.followingProperty().get()).isFalse();
  }

  @Test
  void playsToTheEnd() {
    desk.seek(0);
    desk.playhead().toggle();
    desk.pulse(10);
    assertThat(view().point()).isEqualTo(4);
    assertThat(desk.playhead().playingProperty().get()).isFalse();
  }

  @Test
  void goesThroughTheParticlesInARound() {
    desk.select(1);
    assertThat(view().selection()).isZero();
    desk.select(-1);
    assertThat(view().selection()).isEqualTo(7);
    choice.particles().textProperty().set("3");
    desk.pulse(0);
    assertThat(view().selection()).isEqualTo(-1);
  }

  @Test
  void hidesALayerAndShowsItAgain() {
    desk.toggle(Layer.SCORE);
    assertThat(view().layers()).hasSize(4).doesNotContain(Layer.SCORE);
    desk.toggle(Layer.SCORE);
    assertThat(view().layers()).hasSize(5);
  }

  private PlaneView view() {
    return desk.view().orElseThrow();
  }
}
