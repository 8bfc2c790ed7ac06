package dev.unmask.app.session;

import static org.assertj.core.api.Assertions.assertThat;

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

class RunNamesTest {
  // Held, because the log manager forgets loggers that nobody holds.
  private static final Logger LOG = Logger.getLogger(SettingsFile.class.getName());

  @TempDir private Path folder;
  private final List<String> told = new ArrayList<>();

  @Test
  void areKept() {
    names().put(Path.of("run"), "the best");
    assertThat(names().of(Path.of("run"))).contains("the best");
    names().put(Path.of("run"), "");
    assertThat(names().of(Path.of("run"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{\"run\":null}", "[]", "{\"run\":"})
  void aFileThatMakesNoSenseIsPutAside(String bad) throws IOException {
    LOG.setLevel(Level.OFF);
    Files.writeString(file(), bad);
    names().put(Path.of("other"), "one");
    assertThat(folder.resolve("names.json.bad")).hasContent(bad);
    assertThat(names().of(Path.of("other"))).contains("one");
    assertThat(told).hasSize(1).first().asString().contains("names.json.bad");
  }

  @Test
  void thoseThatAreThereStayWhereNothingCanBeWritten() throws IOException {
    LOG.setLevel(Level.OFF);
    names().put(Path.of("run"), "the best");
    Files.createDirectories(folder.resolve("names.json.writing/x"));
    names().put(Path.of("other"), "one");
    assertThat(names().of(Path.of("run"))).contains("the best");
    assertThat(told).hasSize(1).first().asString().contains("names.json cannot be written");
  }

  private RunNames names() {
    return new RunNames(file(), told::add);
  }

  private Path file() {
    return folder.resolve("names.json");
  }
}
