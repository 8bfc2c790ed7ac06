package dev.unmask.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.session.Breakpoints;
import dev.unmask.app.session.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowStateTest {
  // Held, because the log manager forgets loggers that nobody holds.
  private static final Logger LOG = Logger.getLogger(SettingsFile.class.getName());

  @TempDir private Path folder;
  private final List<String> told = new ArrayList<>();

  @Test
  void isReadAsItWasWritten() {
    Path file = folder.resolve("new").resolve("window.json");
    var kept = new Breakpoints.Kept("commit where confidence < 0.3", false);
    var state = state(List.of(kept));
    state.write(file, told::add);
    assertThat(WindowState.read(file, told::add)).isEqualTo(state);
  }

  @Test
  void isThatOfTheFirstStartWhereNothingSoundWasKept() throws IOException {
    LOG.setLevel(Level.OFF);
    Path file = folder.resolve("window.json");
    assertThat(WindowState.read(file, told::add)).isEqualTo(WindowState.FIRST);
    assertThat(told).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not JSON",
        "",
        "null",
        "[]",
        "{\"width\": 3}",
        "OPENED[null]",
        "OPENED[\"a\\u0000b\"]",
        "OPENED{}",
        "BREAKPOINTS[null]",
        "COLUMNS{}",
        "COLUMNS{\"panel\":\"NONE\"}",
        "SHOWN{\"trace\":\"a\\u0000b\"}",
        "BREAKPOINTS[{\"enabled\":true}]",
        "BREAKPOINTS[{\"text\":\"commit where token = #9223372036854775808\"}]",
        "BREAKPOINTS[{\"text\":\"commit where\"}]",
      })
  void oneThatMakesNoSenseIsPutAsideAndSaidSo(String bad) throws IOException {
    LOG.setLevel(Level.OFF);
    Path file = folder.resolve("window.json");
    Path other = Files.writeString(folder.resolve("names.json"), "{}");
    WindowState.FIRST.write(file, told::add);
    String sound = Files.readString(file);
    assertThat(sound).contains("\"opened\" : [ ]", "\"breakpoints\" : [ ]");
    String content =
        bad.startsWith("OPENED")
            ? sound.replace("\"opened\" : [ ]", "\"opened\" : " + bad.substring(6))
            : bad.startsWith("BREAKPOINTS")
                ? sound.replace("\"breakpoints\" : [ ]", "\"breakpoints\" : " + bad.substring(11))
                : bad;
    for (String aside : List.of("window.json.bad", "window.json.bad2")) {
      Files.writeString(file, content);
      assertThat(WindowState.read(file, told::add)).isEqualTo(WindowState.FIRST);
      assertThat(file).doesNotExist();
      assertThat(folder.resolve(aside)).hasContent(content);
    }
    assertThat(told).hasSize(2).first().asString().contains("put aside as window.json.bad");
    assertThat(other).hasContent("{}");
  }

  @Test
  void whatWasKeptStaysWhereNothingCanBeWritten() throws IOException {
    LOG.setLevel(Level.OFF);
    Path file = folder.resolve("window.json");
    WindowState.FIRST.write(file, told::add);
    byte[] before = Files.readAllBytes(file);
    Files.createDirectories(folder.resolve("window.json.writing/x"));
    state(List.of()).write(file, told::add);
    assertThat(file).hasBinaryContent(before);
    assertThat(told).hasSize(1).first().asString().contains("window.json cannot be written");
  }

  private static WindowState state(List<Breakpoints.Kept> breakpoints) {
    return new WindowState(
        900,
        700,
        true,
        false,
        1.3,
        true,
        0.5,
        true,
        List.of("a"),
        breakpoints,
        new WindowState.Columns(SideColumns.Panel.DEBUG, true, 301, 299),
        new WindowState.Shown("a", 7));
  }
}
