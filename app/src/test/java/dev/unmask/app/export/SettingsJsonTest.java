package dev.unmask.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.app.picture.Colouring;
import dev.unmask.engine.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsJsonTest {
  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    var settings =
        new ExportSettings(
            ExportView.CANVAS,
            Colouring.ENTROPY,
            ExportTheme.TRANSPARENT,
            PictureSize.parse("800x600@2.5"),
            2,
            OptionalInt.of(7),
            0.5,
            12.5,
            1.5,
            Easing.SMOOTH,
            "A “title” ∇",
            "A caption",
            false);
    assertThat(read("{\"settings\": " + SettingsJson.write(settings) + "}")).isEqualTo(settings);
    ExportSettings standard = ExportSettings.DEFAULT;
    assertThat(read("{\"settings\": " + SettingsJson.write(standard) + "}")).isEqualTo(standard);
  }

  @Test
  void whatIsMissingIsAsByDefault() throws IOException {
    assertThat(read("{\"settings\": {}}")).isEqualTo(ExportSettings.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                              | is no JSON",
        "[]                             | holds no settings",
        "{\"settings\": {\"foo\": 1}}       | 'foo' is no setting",
        "{\"settings\": {\"fps\": \"x\"}}     | 'fps' is no number",
        "{\"settings\": {\"title\": 7}}     | 'title' is no text",
        "{\"settings\": {\"theme\": \"red\"}} | 'theme' is 'red'",
        "{\"settings\": {\"size\": \"big\"}}  | 'big' is not a size",
        "{\"settings\": {\"fps\": 0}}       | frame rate is 0.0",
      })
  void aFileThatCannotBeBelievedIsToldInOneSentence(String text, String sentence) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("\n");
  }

  private ExportSettings read(String text) throws IOException {
    return ExportSettings.read(Files.writeString(folder.resolve("a.unmask-export.json"), text));
  }
}
