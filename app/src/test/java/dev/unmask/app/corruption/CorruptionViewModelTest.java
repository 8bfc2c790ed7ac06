package dev.unmask.app.corruption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.session.ScriptedRun;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Starters;
import dev.unmask.engine.corruption.Alphabet;
import dev.unmask.engine.corruption.NoiseSchedule;
import dev.unmask.engine.noise.NoiseKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CorruptionViewModelTest {
  private final Session session = new Session(Starters.of(request -> ScriptedRun.finished()));
  private final CorruptionViewModel viewModel =
      new CorruptionViewModel(session, Alphabet.LETTERS, Runnable::run);

  @BeforeEach
  void type() {
    viewModel.textProperty().set("a caterpillar");
    viewModel.pulse();
  }

  @Test
  void whatIsTypedIsCorruptedAtT() {
    viewModel.timeProperty().set(0);
    assertThat(viewModel.noised().orElseThrow().summary()).startsWith("0 of 13 corrupted");
    viewModel.timeProperty().set(viewModel.noiseSteps());
    assertThat(viewModel.noised().orElseThrow().summary()).startsWith("13 of 13 corrupted");
    assertThat(viewModel.problem()).isEmpty();
  }

  @Test
  void whatCannotBeIsToldUntilSomethingElseIsChosen() {
    viewModel.kindProperty().set(NoiseKind.GAUSSIAN);
    viewModel.scheduleProperty().set(NoiseSchedule.MUTUAL_INFORMATION);
    viewModel.pulse();
    assertThat(viewModel.problem()).contains("mutual-information");
    assertThat(viewModel.noised().orElseThrow().noise().kind()).isEqualTo(NoiseKind.ABSORBING);
    assertThat(viewModel.ready()).isFalse();
    viewModel.scheduleProperty().set(NoiseSchedule.LINEAR_BETAS);
    viewModel.pulse();
    assertThat(viewModel.problem()).isEmpty();
    assertThat(viewModel.noised()).isPresent();
  }

  @Test
  void lettersBelongToNoModelThatCouldBeAsked() {
    assertThat(viewModel.ready()).isFalse();
    assertThat(viewModel.testing()).isFalse();
    assertThat(viewModel.result()).isEmpty();
  }

  @Test
  void otherSeedsCorruptOtherTokens() {
    int[] before = viewModel.noised().orElseThrow().text().at(32);
    viewModel.newSeed();
    viewModel.pulse();
    assertThat(viewModel.noised().orElseThrow().text().at(32)).isNotEqualTo(before);
  }

  @Test
  void noiseThatNoSamplerTakesAwayIsToldWhenItIsAskedFor() {
    viewModel.kindProperty().set(NoiseKind.NEAREST_NEIGHBOUR);
    viewModel.pulse();
    viewModel.denoise();
    assertThat(viewModel.problem()).contains("No sampler takes away nearest-neighbour noise");
    assertThat(viewModel.result()).isEmpty();
    viewModel.kindProperty().set(NoiseKind.ABSORBING);
    viewModel.pulse();
    assertThat(viewModel.problem()).isEmpty();
  }
}
