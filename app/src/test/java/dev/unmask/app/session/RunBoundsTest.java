package dev.unmask.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.trace.TraceFile;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunBoundsTest {
  private static final ModelFolders MODELS = new ModelFolders(Path.of("..", "assets", "models"));

  @TempDir private Path folder;
  private EngineRuns runs;
  private Session session;

  @BeforeEach
  void begin() {
    var samplers = new AllowedSamplers(folder.resolve("samplers.json"), _ -> {});
    runs = new EngineRuns(MODELS, new RunFolder(folder, LocalDateTime::now), samplers);
    session = new Session(runs, Runnable::run);
  }

  @AfterEach
  void end() {
    runs.close();
  }

  @Test
  void aTextsBoundIsToldOnceItsModelAnswered() throws Exception {
    RunSummary run = recorded();
    var bounds = new RunBounds(session, List.of("sentences"));
    assertThat(bounds.words(run.file())).isEmpty();
    bounds.ask(run);
    engineIsDone();
    assertThat(bounds.words(run.file())).matches("bound \\d+\\.\\d\\d ± \\d+\\.\\d\\d");
    assertThat(bounds.changed()).isTrue();
    assertThat(bounds.changed()).isFalse();
  }

  @Test
  void noModelIsOpenedThatIsNotBundled() {
    RunSummary run = recorded();
    var bounds = new RunBounds(session, List.of());
    bounds.ask(run);
    assertThat(bounds.words(run.file())).contains("not bundled");
  }

  private RunSummary recorded() {
    var request =
        new RunRequest("sentences", "", 6, "llada", Map.of("steps", "2", "temperature", "1.0"), 1);
    try (Model model = Model.open(MODELS.resolve("sentences"), 1)) {
      TokenRun run = request.start(model, session.samplers());
      while (!run.finished()) {
        run.step();
      }
      Path file = folder.resolve("run.trace.safetensors");
      TraceFile.write(file, run.trace());
      return RunSummary.ofTokens(file, run.trace());
    }
  }

  /** It does one thing after the other. */
  private void engineIsDone() throws Exception {
    var done = new CompletableFuture<Void>();
    runs.ask(new Work<Void>(), "sentences", (_, _, _) -> done.complete(null));
    done.get();
  }
}
