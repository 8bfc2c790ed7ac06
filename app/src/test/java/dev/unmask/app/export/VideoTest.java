package dev.unmask.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.ffprobe;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads what was exported with FFmpeg's own reader. */
class VideoTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "a.webm, DARK, vp9, 321x201, 14, 3.500000",
    "b.webm, TRANSPARENT, vp9, 321x201, 14, 3.500000",
    "c.mp4, LIGHT, h264, 322x202, 14, 3.500000",
    "d.gif, DARK, gif, 321x201, 6, 3.500000",
    "e.apng, DARK, apng, 321x201, 6, N/A",
  })
  void opensInAnotherReaderWithItsFramesSizeAndDuration(
      String name, Shade theme, String codec, String size, int frames, String seconds)
      throws IOException {
    Path file = folder.resolve(name);
    var settings = Sample.of(theme, new PictureSize(321, 201, 1), 1, Easing.NONE);
    assertThat(Sample.export(settings, 2).write(file, false, Progress.NONE)).isEqualTo(14);
    assertThat(probe(file))
        .contains("codec_name=" + codec)
        .contains("width=" + size.split("x")[0], "height=" + size.split("x")[1])
        .contains("nb_read_frames=" + frames)
        .endsWith("duration=" + seconds);
  }

  @Test
  void anMp4CannotBeTransparent() {
    var settings = Sample.of(Shade.TRANSPARENT, Sample.SMALL, 1, Easing.NONE);
    Path file = folder.resolve("a.mp4");
    assertThatThrownBy(() -> Sample.export(settings, 1).write(file, false, Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot be transparent");
    assertThat(folder).isEmptyDirectory();
  }

  private static String probe(Path file) throws IOException {
    Process process =
        new ProcessBuilder(
                Loader.load(ffprobe.class),
                "-v",
                "error",
                "-count_frames",
                "-show_entries",
                "stream=codec_name,width,height,nb_read_frames:format=duration",
                "-of",
                "default=noprint_wrappers=1",
                file.toString())
            .redirectErrorStream(true)
            .start();
    try (var out = process.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
