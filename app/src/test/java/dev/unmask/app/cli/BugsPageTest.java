package dev.unmask.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what the page of recorded bugs says. */
class BugsPageTest {
  private static final Path FOLDER = Path.of("..", "samples", "bugs");
  private static final String COMMAND = "    $ unmask ";
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  @TempDir private Path folder;

  private record Shown(String command, String last) {}

  @Test
  void everyCommandOfThePageEndsAsThePageShows() throws IOException {
    List<Shown> page = page();
    assertThat(page).hasSizeGreaterThanOrEqualTo(9);
    for (Shown shown : page) {
      assertThat(lastLine(shown.command())).as(shown.command()).isEqualTo(shown.last());
    }
  }

  @Test
  void theTracesAreSmall() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> traces = files.filter(file -> file.toString().endsWith(".safetensors")).toList();
      assertThat(traces).hasSize(3);
      for (Path trace : traces) {
        assertThat(Files.size(trace)).isLessThan(200_000);
      }
    }
  }

  /** The commands, each with the last line of what is shown below it. */
  private static List<Shown> page() throws IOException {
    List<String> lines = Files.readAllLines(FOLDER.resolve("README.md"));
    List<Shown> page = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(COMMAND)) {
        int end = i + 1;
        while (end < lines.size() && lines.get(end).startsWith("    ")) {
          end++;
        }
        String command = lines.get(i).substring(COMMAND.length());
        page.add(new Shown(command, end > i + 1 ? lines.get(end - 1).strip() : ""));
      }
    }
    return page;
  }

  private String lastLine(String command) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Unmask.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(words(command));
    assertThat(code).as(command + ": " + err).isZero();
    return Arrays.stream(out.toString().split("\\R")).reduce("", (_, later) -> later).strip();
  }

  /** Samples are where they lie as seen from here, and what is written goes elsewhere. */
  private String[] words(String command) {
    return WORD.matcher(command)
        .results()
        .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
        .map(word -> word.startsWith("samples/") ? "../" + word : word)
        .map(word -> word.endsWith("mended.trace.safetensors") ? folder.resolve(word) + "" : word)
        .toArray(String[]::new);
  }
}
