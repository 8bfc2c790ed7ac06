package dev.unmask.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.HandMade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportTaskTest {
  private final CompletableFuture<String> told = new CompletableFuture<>();

  @TempDir private Path folder;

  @Test
  void writesBesideTheWindowAndTellsWhenItIsDone() {
    Path out = folder.resolve("a.png");
    ExportTask task = start(out);
    assertThat(told.join()).isEqualTo("Step 2 is in " + out + ".");
    assertThat(task.ended()).isTrue();
    assertThat(out).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.png", "a.svg", "a.pdf"})
  void aPictureThatStandsStillIsOfTheStepThatIsShown(String name) throws IOException {
    Path shown = folder.resolve("shown-" + name);
    Path wanted = folder.resolve("wanted-" + name);
    ExportSettings untilThere = ExportSettings.DEFAULT.only(2);
    new Export(HandMade.history(), new TraceSource("run", ""), untilThere)
        .write(wanted, false, ExportProgress.NONE);
    start(shown);
    told.join();
    assertThat(shown).hasSameBinaryContentAs(wanted);
    assertThat(Files.readString(folder.resolve("shown-" + name + ExportSettings.EXTENSION)))
        .containsPattern("\"step\" : 2\\b");
  }

  @Test
  void anAnimationIsOfAllStepsThatAreChosen() {
    start(folder.resolve("a.gif"));
    assertThat(told.join()).isEqualTo("6 frames are in " + folder.resolve("a.gif") + ".");
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
        2,
        Optional.empty(),
        Optional.empty(),
        ExportSettings.DEFAULT,
        out,
        told::complete);
  }
}
