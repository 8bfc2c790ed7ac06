package dev.unmask.app.export;

import static dev.unmask.app.picture.HandMade.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.app.compare.Alignment;
import dev.unmask.app.compare.RunPair;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.History;
import dev.unmask.engine.InputException;
import dev.unmask.engine.trace.BatchShape;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.TraceHeader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The views beyond canvas and timeline, and runs of images. */
class ExportSubjectTest {
  private static final PictureSize SIZE = new PictureSize(640, 400, 1);

  @TempDir private Path folder;

  @Test
  void paintsWhatNoiseLeavesOfTheTextAsItAlwaysDid() throws IOException {
    var subject =
        ExportSubject.tokens(HandMade.history(), viewed(ExportView.CORRUPTION), Optional.empty());
    Golden.check("view-corruption", subject.picture(2));
  }

  @Test
  void paintsTwoRunsBesideEachOtherAsItAlwaysDid() throws IOException {
    History left =
        History.of(
            new HandMade(1, "a", "_", "_")
                .then(row("-", "b", "c"), "a", "b", "_")
                .then(row("-", "-", "c"), "a", "b", "c"));
    History right =
        History.of(
            new HandMade(1, "a", "_", "_")
                .then(row("-", "b", "d"), "a", "b", "_")
                .then(row("-", "-", "d"), "a", "b", "d"));
    RunPair pair = RunPair.of(left, right, Alignment.STEP);
    var subject = ExportSubject.tokens(left, viewed(ExportView.COMPARISON), Optional.of(pair));
    Golden.check("view-comparison", subject.picture(2));
  }

  @ParameterizedTest
  @EnumSource(
      value = ExportView.class,
      mode = Mode.EXCLUDE,
      names = {"CORRUPTION", "COMPARISON"})
  void paintsImagesInEveryViewAsItAlwaysDid(ExportView view) throws IOException {
    String name = view == ExportView.TIMELINE ? "STRIP" : view.name();
    Golden.check("view-images-" + name, ExportSubject.images(images(), viewed(view)).picture(2));
  }

  @Test
  void exportsImagesAsPicturesThatMoveAndAsShapes() throws IOException {
    var subject = ExportSubject.images(images(), viewed(ExportView.BOTH));
    Path gif = folder.resolve("images.gif");
    assertThat(new Export(subject, Sample.SOURCE).write(gif, false, ExportProgress.NONE))
        .isEqualTo(12);
    assertThat(ImageIO.read(gif.toFile()).getWidth()).isEqualTo(640);
    Path svg = folder.resolve("images.svg");
    new Export(subject, Sample.SOURCE).write(svg, false, ExportProgress.NONE);
    assertThat(Files.readString(svg, StandardCharsets.UTF_8)).contains("<image", "predicted image");
  }

  @Test
  void saysWhichViewsThereAreNot() {
    assertThatThrownBy(
            () ->
                ExportSubject.tokens(
                    HandMade.history(), viewed(ExportView.COMPARISON), Optional.empty()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--with");
    assertThatThrownBy(
            () ->
                ExportSubject.tokens(
                    HandMade.history(), viewed(ExportView.STRIP), Optional.empty()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("of images");
    assertThatThrownBy(() -> ExportSubject.images(images(), viewed(ExportView.CORRUPTION)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("corruption is of tokens");
  }

  private static ExportSettings viewed(ExportView view) {
    ExportSettings settings = Sample.sized(SIZE);
    return new ExportSettings(
        view,
        settings.map(),
        settings.theme(),
        SIZE,
        0,
        settings.to(),
        1,
        4,
        1,
        Easing.NONE,
        "Title",
        "Caption",
        true);
  }

  /** A slope that comes out of its opposite. */
  private static RecordedTrace<BatchState, ImageRecord> images() {
    BatchShape shape = new BatchShape(3, 1, 4, 4);
    TraceHeader header =
        new TraceHeader(
            new TraceHeader.Model("slopes", ""),
            new TraceHeader.Images(shape, List.of()),
            "vp-linear",
            "philox",
            1,
            List.of(new TraceHeader.Segment(0, "ddim", Map.of(), List.of())),
            Optional.empty(),
            Optional.empty(),
            "1");
    RecordedTrace<BatchState, ImageRecord> trace = new RecordedTrace<>(header, at(shape, 0));
    for (int step = 1; step <= 3; step++) {
      Optional<float[]> predicted = Optional.of(at(shape, 3).x());
      trace.append(new ImageRecord(predicted, predicted, at(shape, step), step));
    }
    return trace;
  }

  private static BatchState at(BatchShape shape, int step) {
    float[] x = new float[shape.values()];
    for (int i = 0; i < x.length; i++) {
      x[i] = (step - 1.5f) / 1.5f * (2 * (i % 16) / 15f - 1);
    }
    return new BatchState(x, 1 - step / 3.0, 1, 0);
  }
}
