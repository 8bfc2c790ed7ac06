package dev.unmask.app.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.app.controls.Field;
import dev.unmask.app.session.ScriptedRun;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Starters;
import dev.unmask.app.tokens.Forms;
import dev.unmask.engine.playground.PlaneData;
import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlaygroundViewModelTest {
  private final Session session = new Session(Starters.of(request -> ScriptedRun.finished()));
  private final PlaygroundChoice choice = new PlaygroundChoice();
  private final PlaygroundViewModel viewModel =
      new PlaygroundViewModel(session, choice, Runnable::run);

  @BeforeEach
  void choose() {
    choice.directionProperty().set(PlaygroundChoice.Direction.TO_NOISE);
    choice.steps().textProperty().set("4");
    choice.particles().textProperty().set("8");
    viewModel.pulse(0);
  }

  @Test
  void dragsFromDataToNoiseWithoutComputing() {
    viewModel.seek(0);
    PlaneView clean = view();
    assertThat(clean.now().time()).isZero();
    assertThat(PlaneSentence.of(clean)).contains("all but certain");
    viewModel.seek(4);
    assertThat(view().now().time()).isEqualTo(1);
    assertThat(PlaneSentence.of(view())).contains("almost anywhere");
    assertThat(view().scene().points()).isSameAs(clean.scene().points());
    assertThat(viewModel.progress()).isEqualTo(1);
  }

  @Test
  void computesAnewWhatIsChosenAndStaysAtItsTime() {
    viewModel.seek(1);
    viewModel.pulse(0);
    PlaneView before = view();
    choice.dataProperty().set(PlaneData.RINGS);
    viewModel.pulse(0);
    assertThat(view().scene().points()).isNotSameAs(before.scene().points());
    assertThat(view().now().time()).isEqualTo(before.now().time());
  }

  @Test
  void aSamplerBringsBackWhatNoiseTookFromWhereTheTimeIs() {
    viewModel.seek(3);
    viewModel.pulse(0);
    choice.directionProperty().set(PlaygroundChoice.Direction.TO_DATA);
    setting("steps").textProperty().set("4");
    viewModel.pulse(0);
    assertThat(view().now().time()).isCloseTo(0.75, within(0.01));
    assertThat(view().point()).isEqualTo(1);
    viewModel.seek(4);
    assertThat(PlaneSentence.of(view())).startsWith("After 4 of 4 steps");
  }

  @Test
  void everySamplerHasSettingsThatServeThePlane() {
    choice.directionProperty().set(PlaygroundChoice.Direction.TO_DATA);
    for (ImageSamplerKind sampler : PlaygroundChoice.SAMPLERS) {
      choice.samplerProperty().set(sampler);
      assertThat(choice.plan().orElseThrow().points()).hasSizeGreaterThan(1);
    }
  }

  @Test
  void whatDoesNotFitTogetherIsToldUntilSomethingElseIsChosen() {
    choice.directionProperty().set(PlaygroundChoice.Direction.TO_DATA);
    choice.samplerProperty().set(ImageSamplers.named("walk-back"));
    setting("noise").textProperty().set("masking");
    viewModel.pulse(0);
    assertThat(viewModel.problem()).contains("masking");
    setting("noise").textProperty().set("gaussian");
    viewModel.pulse(0);
    assertThat(viewModel.problem()).isEmpty();
  }

  private Field setting(String name) {
    return choice.settings().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void whatWasStoppedIsNotComputed() {
    List<Runnable> jobs = new ArrayList<>();
    var slow = new PlaygroundViewModel(session, choice, jobs::add);
    slow.pulse(0);
    assertThat(slow.isComputing()).isTrue();
    slow.toggleComputing();
    assertThat(slow.isComputing()).isFalse();
    jobs.removeFirst().run();
    assertThat(slow.view()).isEmpty();
    choice.newSeed();
    slow.pulse(0);
    jobs.removeFirst().run();
    assertThat(slow.progress()).isEqualTo(1);
  }

  @Test
  void keepsWhatIsThereWhileSomethingTypedIsWrong() {
    PlaneView before = view();
    choice.particles().textProperty().set("many");
    viewModel.pulse(0);
    assertThat(view()).isEqualTo(before);
    assertThat(choice.particles().errorProperty().get()).contains("particles");
  }

  @Test
  void followsTheRunUntilItLeads() {
    session.start(Forms.of(1).request());
    session.pulse(0);
    session.playhead().seek(0);
    session.pulse(0);
    viewModel.pulse(0);
    double atStart = view().now().time();
    session.playhead().end();
    session.pulse(0);
    viewModel.pulse(0);
    assertThat(view().now().time()).isLessThan(atStart);
    session.lead(viewModel);
    viewModel.seek(3);
    viewModel.pulse(0);
    assertThat(view().point()).isEqualTo(3);
  }

  @Test
  void playsToTheEnd() {
    session.lead(viewModel);
    viewModel.playFromStart();
    viewModel.pulse(10);
    assertThat(view().point()).isEqualTo(4);
    assertThat(viewModel.playhead().playingProperty().get()).isFalse();
  }

  @Test
  void goesThroughTheParticlesInARound() {
    viewModel.select(1);
    assertThat(view().selection()).isZero();
    viewModel.select(-1);
    assertThat(view().selection()).isEqualTo(7);
    choice.particles().textProperty().set("3");
    viewModel.pulse(0);
    assertThat(view().selection()).isEqualTo(-1);
  }

  @Test
  void hidesALayerAndShowsItAgain() {
    viewModel.toggle(Layer.SCORE);
    assertThat(view().layers()).hasSize(4).doesNotContain(Layer.SCORE);
    viewModel.toggle(Layer.SCORE);
    assertThat(view().layers()).hasSize(5);
  }

  private PlaneView view() {
    return viewModel.view().orElseThrow();
  }
}
