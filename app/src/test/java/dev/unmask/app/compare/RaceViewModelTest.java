package dev.unmask.app.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.session.AllowedSamplers;
import dev.unmask.app.session.EngineRuns;
import dev.unmask.app.session.RunFolder;
import dev.unmask.app.session.RunRequest;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Work;
import dev.unmask.engine.checkpoint.ModelFolders;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a small bundled model on an engine of its own. */
@Timeout(60)
class RaceViewModelTest {
  private static final ModelFolders MODELS = new ModelFolders(Path.of("..", "assets", "models"));

  @TempDir private Path folder;
  private EngineRuns runs;
  private RaceViewModel race;

  @BeforeEach
  void begin() {
    var samplers = new AllowedSamplers(folder.resolve("samplers.json"), _ -> {});
    runs = new EngineRuns(MODELS, new RunFolder(folder, LocalDateTime::now), samplers);
    race = new RaceViewModel(new Session(runs, Runnable::run), List.of("sentences"));
  }

  @AfterEach
  void end() {
    runs.close();
  }

  @Test
  void eachIsRunAnewAndMeasuredStepByStep() throws Exception {
    race.start(List.of(request("6"), request("2")));
    engineIsDone();
    race.pulse(Optional.empty(), 0);
    assertThat(race.goesOn()).isFalse();
    assertThat(race.clockProperty().get()).isEqualTo(RaceRunner.Clock.TIME);
    assertThat(race.runners()).extracting(RaceRunner::steps).containsExactly(6, 2);
    for (RaceRunner runner : race.runners()) {
      assertThat(runner.seconds()).isSorted().startsWith(0);
      assertThat(runner.end(RaceRunner.Clock.TIME)).isPositive();
      assertThat(runner.bound()).isPresent();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aModelThatIsNotBundledIsNotOpenedForATrace() throws Exception {
    race.start(List.of(new RunRequest("/elsewhere", "", 6, "llada", Map.of(), 1), request("2")));
    engineIsDone();
    race.pulse(Optional.empty(), 0);
    assertThat(race.progress()).contains("/elsewhere").contains("not bundled");
    assertThat(race.runners()).hasSize(1);
  }

  @Test
  void aRaceThatIsPlayedComesToItsEnd() throws Exception {
    race.start(List.of(request("2")));
    engineIsDone();
    race.pulse(Optional.empty(), 0);
    race.playFromStart();
    race.pulse(Optional.empty(), 4);
    assertThat(race.now()).isBetween(0.4 * race.end(), 0.6 * race.end());
    race.pulse(Optional.empty(), 5);
    assertThat(race.now()).isEqualTo(race.end());
    assertThat(race.playhead().playingProperty().get()).isFalse();
    assertThat(race.figures().getFirst().value())
        .isEqualTo(RacePainter.when(RaceRunner.Clock.TIME, race.end()));
  }

  private static RunRequest request(String steps) {
    return new RunRequest(
        "sentences", "", 6, "llada", Map.of("steps", steps, "temperature", "1.0"), 1);
  }

  /** It does one thing after the other. */
  private void engineIsDone() throws Exception {
    var done = new CompletableFuture<Void>();
    runs.ask(new Work<Void>(), "sentences", (_, _, _) -> done.complete(null));
    done.get();
  }
}
