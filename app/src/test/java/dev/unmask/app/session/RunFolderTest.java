package dev.unmask.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.trace.TraceRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  private static final LocalDateTime NOON = LocalDateTime.of(2026, 1, 2, 12, 0, 5);

  @TempDir private Path folder;

  @Test
  void neverGivesANameTwice() throws IOException {
    var runs = new RunFolder(folder.resolve("runs"), () -> NOON);
    Path first = runs.next(RunRequest.PLAIN);
    assertThat(first).hasFileName("2026-01-02 120005 llada 1.trace.safetensors");
    Files.createFile(first);
    assertThat(runs.next(RunRequest.PLAIN)).isNotEqualTo(first);
  }

  @Test
  void givesTheNameOfARunThatGoesOnToNoOther() throws IOException {
    var runs = new RunFolder(folder, () -> NOON);
    Path first = runs.next("emoji ddim 1");
    Files.createFile(TraceRecorder.partOf(first));
    assertThat(runs.next("emoji ddim 1"))
        .hasFileName("2026-01-02 120005 emoji ddim 1 2.trace.safetensors");
  }

  @Test
  void namesARunOfASamplerInAFileAfterTheFile() {
    var runs = new RunFolder(folder, () -> NOON);
    var own = RunRequest.PLAIN;
    var request =
        new RunRequest(
            own.model(), own.prompt(), own.length(), "/home/me/My:Sampler.java", Map.of(), 3);
    assertThat(runs.next(request).getParent()).isEqualTo(folder);
    assertThat(runs.next(request))
        .hasFileName("2026-01-02 120005 My-Sampler.java 3.trace.safetensors");
  }

  @Test
  void listsTheLatestFirstAndThoseThatWereStopped() throws IOException {
    var runs = new RunFolder(folder, () -> NOON);
    for (String name : List.of("1.trace.safetensors", "2.trace.safetensors.part", "3.txt")) {
      Files.createFile(folder.resolve(name));
    }
    assertThat(runs.latest(9))
        .extracting(file -> file.getFileName().toString())
        .containsExactly("2.trace.safetensors.part", "1.trace.safetensors");
  }

  @Test
  void isEmptyBeforeTheFirstRun() {
    assertThat(new RunFolder(folder.resolve("none"), () -> NOON).latest(9)).isEmpty();
  }

  @Test
  void whatWasOpenedElsewhereComesFirstAndOnce() throws IOException {
    Path elsewhere = Files.createFile(folder.resolve("mine.trace.safetensors"));
    var recent = new RecentRuns(new RunFolder(folder.resolve("runs"), () -> NOON), List.of());
    recent.add(elsewhere);
    recent.add(elsewhere);
    assertThat(recent.files()).containsExactly(elsewhere);
    assertThat(RecentRuns.name(elsewhere)).isEqualTo("mine");
  }
}
