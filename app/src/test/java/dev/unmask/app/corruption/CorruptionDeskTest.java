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

class CorruptionDeskTest {
  private final Session session = new Session(Starters.of(request -> ScriptedRun.finished()));
  private final CorruptionDesk desk = new CorruptionDesk(session, Alphabet.LETTERS, Runnable::run);

  @BeforeEach
  void type() {
    desk.textProperty().set("a caterpillar");
    desk.pulse();
  }

  @Test
  void whatIsTypedIsCorruptedAtT() {
    desk.timeProperty().set(0);
    assertThat(desk.noised().orElseThrow().summary()).startsWith("0 of 13 corrupted");
    desk.timeProperty().set(desk.noiseSteps());
    assertThat(desk.noised().orElseThrow().summary()).startsWith("13 of 13 corrupted");
    assertThat(desk.problem()).isEmpty();
  }

  @Test
  void whatCannotBeIsToldUntilSomethingElseIsChosen() {
    desk.kindProperty().set(NoiseKind.GAUSSIAN);
    desk.scheduleProperty().set(NoiseSchedule.MUTUAL_INFORMATION);
    desk.pulse();
    assertThat(desk.problem()).contains("mutual-information");
    assertThat(desk.noised().orElseThrow().noise().kind()).isEqualTo(NoiseKind.ABSORBING);
    assertThat(desk.ready()).isFalse();
    desk.scheduleProperty().set(NoiseSchedule.LINEAR_BETAS);
    desk.pulse();
    assertThat(desk.problem()).isEmpty();
    assertThat(desk.noised()).isPresent();
  }

  @Test
  void lettersBelongToNoModelThatCouldBeAsked() {
    assertThat(desk.ready()).isFalse();
    assertThat(desk.testing()).isFalse();
    assertThat(desk.result()).isEmpty();
  }

  @Test
  void otherSeedsCorruptOtherTokens() {
    int[] before = desk.noised().orElseThrow().text().at(32);
    desk.newSeed();
    desk.pulse();
    assertThat(desk.noised().orElseThrow().text().at(32)).isNotEqualTo(before);
  }

  @Test
  void noiseThatNoSamplerTakesAwayIsToldWhenItIsAskedFor() {
    desk.kindProperty().set(NoiseKind.NEAREST_NEIGHBOUR);
    desk.pulse();
    desk.denoise();
    assertThat(desk.problem()).contains("No sampler takes away nearest-neighbour noise");
    assertThat(desk.result()).isEmpty();
    desk.kindProperty().set(NoiseKind.ABSORBING);
    desk.pulse();
    assertThat(desk.problem()).isEmpty();
  }
}
