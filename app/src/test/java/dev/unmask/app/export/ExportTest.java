package dev.unmask.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.app.picture.History;
import dev.unmask.engine.InputException;
import dev.unmask.engine.trace.TraceKind;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportTest {
  private static final ExportSettings SMALL = Sample.sized(Sample.SMALL);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {".png", ".apng", ".gif", ".html"})
  void isTheSameOnAnyNumberOfThreads(String ending) throws IOException {
    var eased = Sample.of(ExportTheme.TRANSPARENT, Sample.SMALL, 0.25, Easing.LINEAR);
    Path one = folder.resolve("one" + ending);
    Sample.export(eased, 1).write(one, false, ExportProgress.NONE);
    for (int threads = 2; threads <= 3; threads++) {
      Path several = folder.resolve(threads + ending);
      Sample.export(eased, threads).write(several, false, ExportProgress.NONE);
      assertThat(Files.mismatch(one, several)).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @EnumSource(ExportTheme.class)
  void aGifOpensInAnotherReaderAndShowsWhatWasPainted(ExportTheme theme) throws IOException {
    var settings = Sample.of(theme, Sample.SMALL, 1, Easing.NONE);
    Path gif = folder.resolve("a.gif");
    assertThat(Sample.export(settings, 2).write(gif, false, ExportProgress.NONE)).isEqualTo(14);
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(gif.toFile())) {
      reader.setInput(in);
      assertThat(reader.getNumImages(true)).isEqualTo(6);
      BufferedImage first = reader.read(0);
      assertThat(first.getWidth()).isEqualTo(320);
      assertThat(first.getHeight()).isEqualTo(200);
      Path png = folder.resolve("first.png");
      Files.write(png, Png.still(Sample.picture(settings, 0)));
      assertThat(meanDistance(first, ImageIO.read(png.toFile()))).isLessThan(1);
    }
  }

  @Test
  void anAnimatedPngHasAFrameAShotAndTheirDurations() throws IOException {
    Path apng = folder.resolve("a.apng");
    Sample.export(SMALL, 2).write(apng, false, ExportProgress.NONE);
    assertThat(ImageIO.read(apng.toFile()).getHeight()).isEqualTo(200);
    String[] controls = Files.readString(apng, StandardCharsets.ISO_8859_1).split("fcTL", -1);
    assertThat(controls).hasSize(1 + 6);
    List<Integer> durations =
        List.of(controls).stream().skip(1).map(c -> c.charAt(20) << 8 | c.charAt(21)).toList();
    assertThat(durations).containsExactly(1250, 250, 250, 250, 250, 1250);
  }

  @Test
  void aFolderHoldsAPictureAFrameAndAManifest() throws IOException {
    Path out = folder.resolve("frames");
    assertThat(Sample.export(SMALL, 2).write(out, false, ExportProgress.NONE)).isEqualTo(14);
    assertThat(out.toFile().list())
        .hasSize(15)
        .contains("story_0001.png", "story_0014.png", "story.unmask-export.json");
    assertThat(Files.mismatch(out.resolve("story_0001.png"), out.resolve("story_0005.png")))
        .isEqualTo(-1);
    String manifest = Files.readString(out.resolve("story.unmask-export.json"));
    assertThat(manifest).contains("\"step\" : 5").contains("0".repeat(64)).contains("320x200");
    assertThat(ExportSettings.read(out.resolve("story.unmask-export.json"))).isEqualTo(SMALL);
  }

  @Test
  void aTransparentPictureLetsThroughWhatLiesBelow() throws IOException {
    Path png = folder.resolve("a.png");
    Sample.export(Sample.of(ExportTheme.TRANSPARENT, Sample.SMALL, 1, Easing.NONE), 1)
        .write(png, false, ExportProgress.NONE);
    BufferedImage picture = ImageIO.read(png.toFile());
    assertThat(picture.getRGB(0, 0) >>> 24).isZero();
    assertThat(picture.getRGB(320 / 2, 12) >>> 24).isPositive();
  }

  @Test
  void aCancelledExportLeavesWhatIsFinishedAndIsResumed() throws IOException {
    Path out = folder.resolve("frames");
    giveUp(SMALL, out, 2);
    Path first = out.resolve("story_0001.png");
    assertThat(first).exists();
    assertThat(out.resolve("story_0014.png")).doesNotExist();
    Files.write(first, new byte[] {1});
    Sample.export(SMALL, 2).write(out, true, ExportProgress.NONE);
    assertThat(first).hasSize(1);
    assertThat(out.toFile().list()).hasSize(15);
  }

  @Test
  void otherSettingsAreNotResumed() {
    Path out = folder.resolve("frames");
    Sample.export(SMALL, 2).write(out, false, ExportProgress.NONE);
    var other = Sample.of(ExportTheme.LIGHT, Sample.SMALL, 1, Easing.NONE);
    assertThatThrownBy(() -> Sample.export(other, 2).write(out, true, ExportProgress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("other settings");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.gif", "a.apng", "a.html", "a.webm"})
  void aCancelledFileLeavesNothing(String name) {
    giveUp(SMALL, folder.resolve(name), 1);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aPlaceThatCannotBeWrittenIsToldInOneSentenceAndLeavesNothing() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    for (Path out : List.of(folder.resolve("no/a.gif"), file.resolve("a.png"))) {
      assertThatThrownBy(() -> Sample.export(SMALL, 2).write(out, false, ExportProgress.NONE))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("cannot be written")
          .hasMessageNotContaining("\n");
    }
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.png", "a.gif", "a.apng"})
  void showsTheStoryAsItAlwaysDid(String name) throws IOException {
    Path file = folder.resolve(name);
    var settings = Sample.sized(new PictureSize(900, 560, 1));
    Sample.export(settings, 2).write(file, false, ExportProgress.NONE);
    String golden = name.equals("a.png") ? "story-dark-5" : "story-dark-0";
    Golden.check(golden, ImageIO.read(file.toFile()));
  }

  @Test
  void theBundledRunIsExported() {
    Path bundled = Path.of("..", "samples", "traces", "story.trace.safetensors");
    try (var trace = TraceKind.TOKENS.open(bundled)) {
      var export = new Export(History.of(trace), TraceSource.of(bundled), SMALL);
      assertThat(export.write(folder.resolve("a.png"), false, ExportProgress.NONE)).isEqualTo(1);
    }
  }

  @Test
  void anUnknownEndingIsRefused() {
    assertThatThrownBy(() -> ExportFormats.of(Path.of("a.doc")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(".gif");
  }

  @Test
  void everyFormatIsToldByItsEnding() {
    for (ExportFormat format : ExportFormats.ALL) {
      assertThat(ExportFormats.of(folder.resolve("a" + format.ending()))).isSameAs(format);
    }
  }

  private static double meanDistance(BufferedImage a, BufferedImage b) {
    double sum = 0;
    for (int y = 0; y < a.getHeight(); y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        boolean seen = b.getRGB(x, y) >>> 24 >= 128;
        assertThat(a.getRGB(x, y) >>> 24).isEqualTo(seen ? 255 : 0);
        sum += seen ? Math.abs((a.getRGB(x, y) >> 8 & 0xFF) - (b.getRGB(x, y) >> 8 & 0xFF)) : 0;
      }
    }
    return sum / a.getWidth() / a.getHeight();
  }

  /** Gives an export up after so many pictures. */
  private static void giveUp(ExportSettings settings, Path out, int after) {
    ExportProgress progress =
        (done, all) -> {
          if (done == after) {
            Thread.currentThread().interrupt();
          }
        };
    assertThatThrownBy(() -> Sample.export(settings, 2).write(out, false, progress))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
