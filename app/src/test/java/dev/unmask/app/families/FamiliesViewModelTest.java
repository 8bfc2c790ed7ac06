package dev.unmask.app.families;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.session.RunFolder;
import dev.unmask.app.session.ScriptedRun;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Starters;
import dev.unmask.engine.families.Families;
import dev.unmask.engine.families.Family;
import dev.unmask.engine.playground.PlaneData;
import dev.unmask.engine.trace.TraceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On this thread, so that all is done when it returns. */
class FamiliesViewModelTest {
  private static final Family GAUSSIAN = Families.named("gaussian");

  @TempDir private Path folder;
  private final Session session =
      new Session(Starters.ofSilentModels(request -> ScriptedRun.finished()));
  private FamiliesViewModel families;

  @BeforeEach
  void begin() {
    families = viewModel();
    for (Family family : List.copyOf(families.choice().families())) {
      if (family != GAUSSIAN) {
        families.choice().toggle(family);
      }
    }
    session.lead(families);
  }

  private FamiliesViewModel viewModel() {
    return new FamiliesViewModel(
        session,
        new RunFolder(folder, LocalDateTime::now),
        folder.resolve("none"),
        Runnable::run,
        Runnable::run,
        Runnable::run);
  }

  @Test
  void aTrainingIsRecordedAndSeenAtEveryState() throws IOException {
    families.train();
    families.pulse(0);
    Training training = families.training(GAUSSIAN).orElseThrow();
    assertThat(training.recorded()).isEqualTo(Family.FRAMES);
    assertThat(training.seconds()).isPresent();
    families.playhead().seek(0);
    families.pulse(0);
    families.pulse(0);
    float[] before = families.shot(GAUSSIAN).orElseThrow().samples();
    families.playhead().seek(Family.FRAMES);
    families.pulse(0);
    families.pulse(0);
    families.pulse(0);
    Shot after = families.shot(GAUSSIAN).orElseThrow();
    assertThat(after.samples()).isNotEqualTo(before);
    assertThat(after.figures().orElseThrow().kl()).isBetween(1.0, 4.0);
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1).allMatch(TraceKind.TRAININGS::is);
    }
  }

  @Test
  void bundledTrainingsAreThereAtOnce() {
    var bundled =
        new FamiliesViewModel(
            session,
            new RunFolder(folder, LocalDateTime::now),
            Path.of("..", "assets", "trainings"),
            Runnable::run,
            Runnable::run,
            Runnable::run);
    bundled.pulse(0);
    for (Family family : Families.ALL) {
      Training training = bundled.training(family).orElseThrow();
      assertThat(training.recorded()).as(family.name()).isEqualTo(training.frames());
    }
  }

  @Test
  void theSameSeedTrainsTheSame() throws IOException {
    families.train();
    families.train();
    try (var files = Files.list(folder)) {
      List<Path> both = files.toList();
      assertThat(both).hasSize(2);
      assertThat(both.get(0)).hasSameBinaryContentAs(both.get(1));
    }
  }

  @Test
  void aRecordedTrainingIsShownAndSaysInTheFormHowItWasMade() throws IOException {
    families.choice().dataProperty().set(PlaneData.TWO_MOONS);
    families.choice().newSeed();
    families.train();
    FamiliesViewModel later = viewModel();
    try (var files = Files.list(folder)) {
      later.open(files.findFirst().orElseThrow());
    }
    later.pulse(0);
    assertThat(later.training(GAUSSIAN).orElseThrow().recorded()).isEqualTo(Family.FRAMES);
    assertThat(later.choice().dataProperty().get()).isEqualTo(PlaneData.TWO_MOONS);
    assertThat(later.choice().seed().textProperty().get()).isEqualTo("1");
    assertThat(later.choice().selectedProperty().get()).isEqualTo(GAUSSIAN);
    assertThat(later.playhead().stepProperty().get()).isEqualTo(Family.FRAMES);
  }

  @Test
  void everyFewStatesAreMeasuredForTheCurve() {
    families.train();
    for (int pulse = 0; pulse < 60; pulse++) {
      families.pulse(0);
    }
    double[] curve = families.panel(GAUSSIAN).curve();
    assertThat(curve[0]).isPositive();
    assertThat(curve[Family.FRAMES]).isPositive();
    assertThat(curve[1]).isNaN();
  }

  @Test
  void thereIsRoomForEight() {
    Families.ALL.stream()
        .filter(family -> !families.choice().families().contains(family))
        .forEach(families.choice()::toggle);
    assertThat(families.choice().families()).hasSizeLessThanOrEqualTo(FamiliesChoice.MOST);
    assertThat(families.choice().families())
        .isSortedAccordingTo((a, b) -> Families.ALL.indexOf(a) - Families.ALL.indexOf(b));
  }
}
