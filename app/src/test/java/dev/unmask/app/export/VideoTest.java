package dev.unmask.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.app.export.Video.Ffmpeg;
import dev.unmask.engine.AtomicFile;
import dev.unmask.engine.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.bytedeco.ffmpeg.ffprobe;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
      String name, ExportTheme theme, String codec, String size, int frames, String seconds)
      throws IOException {
    Path file = folder.resolve(name);
    var settings = Sample.of(theme, new PictureSize(321, 201, 1), 1, Easing.NONE);
    assertThat(Sample.export(settings, 2).write(file, false, ExportProgress.NONE)).isEqualTo(14);
    assertThat(probe(file))
        .contains("codec_name=" + codec)
        .contains("width=" + size.split("x")[0], "height=" + size.split("x")[1])
        .contains("nb_read_frames=" + frames)
        .endsWith("duration=" + seconds);
  }

  @Test
  void anMp4CannotBeTransparent() {
    var settings = Sample.of(ExportTheme.TRANSPARENT, Sample.SMALL, 1, Easing.NONE);
    Path file = folder.resolve("a.mp4");
    assertThatThrownBy(() -> Sample.export(settings, 1).write(file, false, ExportProgress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot be transparent");
    assertThat(folder).isEmptyDirectory();
  }

  /** FFmpeg's own words of a full disk do not keep it from ending with 0. */
  @ParameterizedTest
  @CsvSource({"a.webm, 1", "a.webm, 100", "a.mp4, 1", "a.mp4, 100"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no ulimit")
  void aFileThatTheDiskHadNoRoomForReplacesNoOther(String name, int blocks) throws IOException {
    Path place = Files.writeString(folder.resolve(name), "the one before");
    String program = narrow(blocks);
    assertThatThrownBy(() -> noise(place, program, 8))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a." + name.substring(2) + " cannot be written: FFmpeg says")
        .hasMessageContaining("make room there");
    assertThat(place).hasContent("the one before");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no shell")
  void aFileThatLacksFramesReplacesNoOther() throws IOException {
    Path place = Files.writeString(folder.resolve("a.webm"), "the one before");
    Path other = folder.resolve("other.webm");
    noise(other, Ffmpeg.program(), 3);
    // In place of the encoder, something that says nothing and leaves another video.
    String program =
        script(
            """
            for last; do :; done
            case "$last" in *.writing) cat > /dev/null; exec cp '%s' "$last";; esac
            exec '%s' "$@"
            """
                .formatted(other, Ffmpeg.program()));
    noise(place, program, 3);
    assertThat(place).hasSameBinaryContentAs(other);
    Files.writeString(place, "the one before");
    assertThatThrownBy(() -> noise(place, program, 4))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("FFmpeg says it ended without a word");
    assertThat(place).hasContent("the one before");
  }

  /** FFmpeg where no file may have more than so many blocks of 512 or 1024 bytes. */
  private String narrow(int blocks) throws IOException {
    return script(
        "trap '' XFSZ; ulimit -f %d; exec '%s' \"$@\"".formatted(blocks, Ffmpeg.program()));
  }

  private String script(String text) throws IOException {
    Path script = Files.writeString(folder.resolve("ffmpeg"), "#!/bin/sh\n" + text);
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script.toString();
  }

  /** A video of so many pictures that nothing makes small. */
  private static void noise(Path place, String program, int frames) {
    ExportSettings settings = Sample.sized(Sample.SMALL);
    Video format = (Video) ExportFormats.of(place);
    byte[] picture = new byte[4 * settings.size().width() * settings.size().height()];
    var random = new Random(1);
    try (AtomicFile file = AtomicFile.claim(place)) {
      file.make(
          beside -> {
            try (var video = format.encoder(program, beside, settings)) {
              for (int i = 0; i < frames; i++) {
                random.nextBytes(picture);
                video.add(picture, new Clip.Shot(i, 0, i, 1));
              }
              video.finish();
            }
          });
    }
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
