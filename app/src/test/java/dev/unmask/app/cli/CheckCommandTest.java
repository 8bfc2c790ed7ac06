package dev.unmask.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aHealthyTraceHasNoFindings() {
    assertThat(check(SAMPLES.resolve("traces/story.trace.safetensors").toString())).isZero();
    assertThat(out.toString().strip()).isEqualTo("0 findings in 64 steps");
  }

  @ParameterizedTest
  @CsvSource({
    "infinite-score, step 16: the confidence at position 30 is no finite number",
    "samples-again, 'step 16: the run ended with 16 of 32 positions masked, the first of them 14'",
  })
  void recordedBugsAreFoundThoughTheirSamplersMayNotRun(String name, String line) {
    assertThat(check(bug(name))).isEqualTo(1);
    assertThat(out.toString().lines()).contains(line);
    assertThat(err.toString()).contains("were not checked");
  }

  @Test
  void somethingThatCannotBeReadIsSaidAndTheOthersAreCheckedAllTheSame() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.trace.safetensors"), "no trace");
    assertThat(check(broken.toString(), bug("infinite-score"))).isEqualTo(2);
    assertThat(err.toString()).contains("broken.trace.safetensors");
    assertThat(out.toString()).contains("infinite-score.trace.safetensors:", "step 16: ");
  }

  @Test
  void aRunOfImagesIsCheckedToo() {
    Path trace = folder.resolve("images.trace.safetensors");
    Unmask.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute("image", "--model", "emoji", "--steps", "2", "--trace", trace.toString());
    assertThat(trace).exists();
    assertThat(check(trace.toString())).isZero();
    assertThat(out.toString()).contains("0 findings in 2 steps");
  }

  private static String bug(String name) {
    return SAMPLES.resolve("bugs/" + name + ".trace.safetensors").toString();
  }

  private int check(String... files) {
    String[] arguments = new String[files.length + 3];
    arguments[0] = "check";
    arguments[1] = "--home";
    arguments[2] = folder.resolve("home").toString();
    System.arraycopy(files, 0, arguments, 3, files.length);
    return Unmask.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
