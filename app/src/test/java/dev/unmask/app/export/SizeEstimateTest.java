package dev.unmask.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.HandMade;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizeEstimateTest {
  private static final int LENGTH = 24;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", ".apng", ".gif", ".html", ".webm"})
  void fewPicturesTellHowLargeAllOfThemAreWithinAThird(String ending) throws IOException {
    assertThat((double) estimate(ending) / actual(ending)).isBetween(2 / 3.0, 1.5);
  }

  @ParameterizedTest
  @ValueSource(strings = {".png", ".svg", ".pdf"})
  void onePictureIsTakenForWhatItIs(String ending) throws IOException {
    // But for the run's name, which vector files hold.
    assertThat(estimate(ending)).isCloseTo(actual(ending), within(50L));
  }

  @Test
  void isToldAsAnEstimate() {
    assertThat(SizeEstimate.words(85_400)).isEqualTo("about 85 kB");
    assertThat(SizeEstimate.words(12)).isEqualTo("about 1 kB");
    assertThat(SizeEstimate.words(1_240_000)).isEqualTo("about 1.2 MB");
    assertThat(SizeEstimate.words(2_000_000_000)).isEqualTo("about 2.0 GB");
  }

  @Test
  void whatItComesToIsToldBeforehand() {
    ExportSettings settings = Sample.sized(PictureSize.PRESETS.get("720p"));
    assertThat(ExportFacts.words(settings, AnimatedGif.FORMAT, exhibit()))
        .isEqualTo("33 frames · 8.3 s · 0.25 s a step · 1280 × 720 pixels");
    assertThat(ExportFacts.words(settings.only(3), PictureFile.FORMAT, exhibit()))
        .isEqualTo("Step 24 · 1280 × 720 pixels");
    ExportSettings column = Sample.sized(PictureSize.PRESETS.get("column"));
    assertThat(ExportFacts.words(column.only(24), VectorFile.PDF, exhibit()))
        .isEqualTo("Step 24 · 3.5 × 3.0 inches");
  }

  private static long estimate(String ending) {
    return SizeEstimate.bytes(subject(), format(ending));
  }

  private long actual(String ending) throws IOException {
    Path out = folder.resolve("a" + ending);
    new Export(subject(), Sample.SOURCE).write(out, false, ExportProgress.NONE);
    try (Stream<Path> files = Files.walk(out)) {
      return files
          .filter(file -> Files.isRegularFile(file))
          .filter(file -> !file.toString().endsWith(ExportSettings.EXTENSION))
          .mapToLong(SizeEstimateTest::size)
          .sum();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ExportFormat format(String ending) {
    return ExportFormats.ALL.stream()
        .filter(format -> format.ending().equals(ending))
        .findFirst()
        .orElseThrow();
  }

  private static ExportSubject<?> subject() {
    return exhibit().subject(Sample.sized(Sample.SMALL));
  }

  /** A token a step, from the left. */
  private static Exhibit exhibit() {
    var trace = new HandMade(0, row(0));
    for (int step = 1; step <= LENGTH; step++) {
      trace.then(row(LENGTH), row(step));
    }
    Frame frame = Frame.of(trace, 1, 1).at(LENGTH);
    return new Exhibit.Tokens(frame, Optional.empty(), Optional.empty());
  }

  private static String[] row(int known) {
    return IntStream.range(0, LENGTH)
        .mapToObj(p -> p < known ? " w" + p : "_")
        .toArray(String[]::new);
  }
}
