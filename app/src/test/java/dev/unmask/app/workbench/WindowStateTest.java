package dev.unmask.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowStateTest {
  // Held, because the log manager forgets loggers that nobody holds.
  private static final Logger LOG = Logger.getLogger(WindowState.class.getName());

  @TempDir private Path folder;

  @Test
  void isReadAsItWasWritten() {
    Path file = folder.resolve("new").resolve("window.json");
    var kept = new Breakpoints.Kept("commit where confidence < 0.3", false);
    var state =
        new WindowState(900, 700, true, false, 1.3, true, 0.5, true, List.of("a"), List.of(kept));
    state.write(file);
    assertThat(WindowState.read(file)).isEqualTo(state);
  }

  @Test
  void isThatOfTheFirstStartWhereNothingSoundWasKept() throws IOException {
    LOG.setLevel(Level.OFF);
    Path file = folder.resolve("window.json");
    assertThat(WindowState.read(file)).isEqualTo(WindowState.FIRST);
    Files.writeString(file, "not JSON");
    assertThat(WindowState.read(file)).isEqualTo(WindowState.FIRST);
    Files.writeString(file, "{\"width\": 3}");
    assertThat(WindowState.read(file)).isEqualTo(WindowState.FIRST);
  }
}
