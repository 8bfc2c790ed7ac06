package dev.unmask.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConvertCommandTest {
  @TempDir private Path folder;
  private Path history;
  private Path trace;

  @BeforeEach
  void write() throws IOException {
    history = Files.writeString(folder.resolve("h.json"), "[[5, 9, 9], [5, 3, 9], [7, 3, 2]]");
    trace = folder.resolve("h.trace.safetensors");
  }

  @Test
  void aHistoryBecomesATraceAndWhatIsUnknownOrStrangeInItIsTold() {
    assertThat(run("convert", history.toString(), trace.toString()).lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith(trace + ": 3 states of 3 tokens, from a history"),
            line -> assertThat(line).startsWith("unknown: the predictions, their confidence"),
            line ->
                assertThat(line).isEqualTo("step 2: the given token at position 0 was changed"));
  }

  @Test
  void theFileItselfIsAsGoodAsItsTrace() {
    run("convert", history.toString(), trace.toString());
    assertThat(run("compare", history.toString(), trace.toString()))
        .contains("unknown sampler, 2 steps, NFE unknown, seed unknown")
        .endsWith(String.format("identical%n"));
    Path picture = folder.resolve("h.png");
    run("export", history.toString(), picture.toString(), "--size", "320x200");
    assertThat(picture).isNotEmptyFile();
  }

  @Test
  void aTokenizerTellsTheTexts() throws IOException {
    run("convert", history.toString(), trace.toString(), "--tokenizer", "stories");
    String header = Files.readString(trace, StandardCharsets.ISO_8859_1);
    assertThat(header).contains("<eos>");
  }

  private static String run(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = Unmask.commandLine().setOut(new PrintWriter(out));
    assertThat(line.execute(arguments)).isZero();
    return out.toString();
  }
}
