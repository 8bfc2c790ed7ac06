package dev.unmask.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.export.ExportSettings;
import dev.unmask.app.picture.HandMade;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTaskTest {
  private final CompletableFuture<String> told = new CompletableFuture<>();

  @TempDir private Path folder;

  @Test
  void writesBesideTheWindowAndTellsWhenItIsDone() {
    Path out = folder.resolve("a.png");
    ExportTask task = start(out);
    assertThat(told.join()).isEqualTo("1 frames are in " + out + ".");
    assertThat(task.ended()).isTrue();
    assertThat(out).exists();
  }

  @Test
  void tellsHowFarItIsAndHowLongItMayTake() {
    var task = new ExportTask();
    assertThat(task.words()).isEqualTo("painting …");
    task.done(3, 12);
    assertThat(task.share()).isEqualTo(0.25);
    assertThat(task.words()).matches("3 of 12, about \\d+ s left");
  }

  @Test
  void whatGoesWrongIsToldToo() {
    start(folder.resolve("no/a.png"));
    assertThat(told.join()).contains("cannot be written").contains("folder is not there");
  }

  private ExportTask start(Path out) {
    return ExportTask.start(
        HandMade.history(),
        Optional.empty(),
        Optional.empty(),
        ExportSettings.DEFAULT,
        out,
        told::complete);
  }
}
