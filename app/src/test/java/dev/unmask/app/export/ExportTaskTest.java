package dev.unmask.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.session.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportTaskTest {
  private final Work<ExportTask.Progress> work = new Work<>();

  @TempDir private Path folder;

  @Test
  void writesBesideTheWindowAndTellsWhenItIsDone() {
    Path out = folder.resolve("a.png");
    assertThat(outcome(out)).isEqualTo("Step 2 is in " + out + ".");
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
    assertThat(shown).hasSameBinaryContentAs(wanted);
    assertThat(Files.readString(folder.resolve("shown-" + name + ExportSettings.EXTENSION)))
        .containsPattern("\"step\" : 2\\b");
  }

  @Test
  void anAnimationIsOfAllStepsThatAreChosen() {
    Path out = folder.resolve("a.gif");
    assertThat(outcome(out)).isEqualTo("6 frames are in " + out + ".");
  }

  @Test
  void tellsHowFarItIsAndHowLongItMayTake() {
    var progress = new ExportTask.Progress(3, 12, 2, "");
    assertThat(progress.share()).isEqualTo(0.25);
    assertThat(progress.words()).isEqualTo("3 of 12, about 6 s left");
  }

  @Test
  void whatGoesWrongIsToldToo() {
    start(folder.resolve("no/a.png"));
    assertThat(work.problem()).contains("cannot be written").contains("folder is not there");
  }

  private String outcome(Path out) {
    start(out);
    return work.current().orElseThrow().outcome();
  }

  private void start(Path out) {
    var story = Frame.of(HandMade.history(), 2);
    var exhibit = new Exhibit.Tokens(story, Optional.empty(), Optional.empty());
    var form = new ExportViewModel();
    form.exhibit.set(Optional.of(exhibit));
    form.format.set(ExportFormats.of(out));
    form.hold.set("0");
    work.start(Runnable::run, new ExportTask(exhibit, form.valid().orElseThrow(), out));
  }
}
