package dev.unmask.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.unmask.app.Stranger;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trace that came from anybody makes no command run, ask or read what it names. */
class StrangersTraceTest {
  @TempDir private static Path recorded;
  private static Path run;
  private static Path corruption;
  private static Path images;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path sampler;

  @BeforeAll
  static void record() {
    run = recorded.resolve("run.trace.safetensors");
    corruption = recorded.resolve("corruption.trace.safetensors");
    images = recorded.resolve("images.trace.safetensors");
    Unmask.commandLine()
        .execute(
            "run",
            "--quiet",
            "--model=sentences",
            "--length=6",
            "--sampler=llada",
            "--trace=" + run);
    Unmask.commandLine()
        .execute("corrupt", "the old cat", "--model=sentences", "--trace=" + corruption);
    Unmask.commandLine()
        .execute("corrupt", "--image=3", "--model=emoji", "--steps=4", "--trace=" + images);
  }

  @BeforeEach
  void aSamplerThatShowsThatItRan() throws IOException {
    sampler = Stranger.sampler(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "export TRACE OUT.png",
        "export TRACE OUT",
        "export RUN OUT.png --with TRACE --view comparison",
        "verify TRACE",
        "branch TRACE --at 2",
        "branch TRACE --at 2 --sampler llada",
        "compare TRACE RUN",
        "open TRACE"
      })
  void noCommandRunsTheSamplerThatATraceNames(String line) throws IOException {
    Path file = named("llada", sampler.toString().replace('\\', '/'));
    execute(line, file);
    assertThat(folder.resolve("ran")).doesNotExist();
    execute(line, named("llada", ClassOfAStranger.class.getName()));
    assertThat(System.getProperty(ClassOfAStranger.MARK)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "export TRACE OUT.png",
        "verify TRACE",
        "branch TRACE --at 2",
        "compare TRACE RUN",
        "open TRACE",
        "run --from CORRUPTION"
      })
  void noCommandAsksTheAddressThatATraceNames(String line) throws IOException {
    var requests = new AtomicInteger();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
    try {
      String address = "http://127.0.0.1:%d/stories".formatted(server.getAddress().getPort());
      Path retold = folder.resolve("noised.trace.safetensors");
      Stranger.retold(corruption, retold, "sentences", address);
      execute(line.replace("CORRUPTION", retold.toString()), named("sentences", address));
      assertThat(requests).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void noFolderIsReadThatATraceNames() throws IOException {
    Path models = Path.of("..", "assets", "models").toAbsolutePath().normalize();
    String texts = models.resolve("sentences").toString().replace('\\', '/');
    String emoji = models.resolve("images").resolve("emoji").toString().replace('\\', '/');
    Path noised = folder.resolve("noised.trace.safetensors");
    assertNotRead("branch TRACE --at 2", texts);
    Stranger.retold(corruption, noised, "sentences", texts);
    assertNotRead("run --from " + noised, texts);
    Stranger.retold(images, noised, "emoji", emoji);
    assertNotRead("run --from " + noised, emoji);
    assertNotRead("image --from " + noised, emoji);
    assertThat(execute("branch TRACE --at 2 --model " + texts, named("sentences", texts))).isZero();
  }

  private void assertNotRead(String line, String model) throws IOException {
    assertThat(execute(line, named("sentences", model))).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "The model %s, which the trace names, is not bundled, and nothing is read or asked because a trace names it; if you trust it, give it with --model.\n"
                .formatted(model));
  }

  @Test
  void theStepsAreShownAndASentenceSaysWhatWasNotChecked() throws IOException {
    Path trace = named("llada", sampler.toString().replace('\\', '/'));
    assertThat(execute("export TRACE OUT.png", trace)).isZero();
    assertThat(folder.resolve("out.png")).isNotEmptyFile();
    assertThat(err.toString().lines())
        .contains(
            "The rules of %s were not checked: the sampler %s is somebody's own program, which a trace alone does not run; look at it, and allow it with --allow-sampler."
                .formatted(trace, sampler));
    assertThat(execute("verify TRACE", trace)).isEqualTo(1);
    assertThat(out.toString()).startsWith("unchecked " + trace + ": the sampler " + sampler);
    assertThat(execute("branch TRACE --at 2", trace)).isEqualTo(2);
    assertThat(err.toString()).contains("allow it with --allow-sampler");
  }

  @Test
  void aCountBeyondAllBoundsIsToldAndNotTried() throws IOException {
    Path trace = named("steps\\\":0,\\\"block", "steps\\\":2147483647,\\\"block");
    String sentence = "The setting steps is '2147483647', but it must be 0 to 1048576.";
    assertThat(execute("verify TRACE", trace)).isEqualTo(2);
    assertThat(out.toString()).contains(sentence);
    assertThat(execute("branch TRACE --at 2", trace)).isEqualTo(2);
    assertThat(err.toString().lines()).containsExactly(sentence);
    assertThat(execute("export TRACE OUT.png", trace)).isZero();
    assertThat(folder.resolve("out.png")).isNotEmptyFile();
  }

  @Test
  void whatIsAllowedRunsAndIsRememberedUntilItChanges() throws IOException {
    Path trace = folder.resolve("mine.trace.safetensors");
    execute("run --quiet --model sentences --length 6 --trace TRACE --sampler " + sampler, trace);
    assertThat(execute("verify TRACE", trace)).isEqualTo(1);
    assertThat(execute("verify TRACE --allow-sampler", trace)).isZero();
    assertThat(out.toString()).startsWith("equal ");
    assertThat(err.toString()).startsWith("Allowed until it changes: " + sampler + ", SHA-256 ");
    assertThat(execute("verify TRACE", trace)).isZero();
    assertThat(execute("branch TRACE --at 1", trace)).isZero();
    assertThat(execute("export TRACE OUT.png", trace)).isZero();
    assertThat(err.toString()).doesNotContain("checked");
    Files.writeString(sampler, Files.readString(sampler) + "// changed\n");
    assertThat(execute("verify TRACE", trace)).isEqualTo(1);
    assertThat(out.toString()).contains("somebody's own program");
    assertThat(execute("verify TRACE --allow-sampler", trace)).isEqualTo(1);
    assertThat(out.toString()).contains("is not the version that made the trace");
    assertThat(execute("branch TRACE --at 1", trace)).isEqualTo(2);
    assertThat(err.toString()).contains("bring that version back, or choose a sampler");
    assertThat(execute("branch TRACE --at 1 --sampler " + sampler, trace)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"open TRACE", "compare TRACE RUN", "branch TRACE --at 1"})
  void everyCommandThatTakesATraceCanAllowItsSampler(String line) throws IOException {
    Path trace = named("llada", sampler.toString().replace('\\', '/'));
    execute(line + " --allow-sampler", trace);
    assertThat(err.toString()).contains("Allowed until it changes: " + sampler);
    execute("export TRACE OUT.png", trace);
    assertThat(err.toString()).doesNotContain("not checked");
    assertThat(folder.resolve("ran")).exists();
  }

  /** The run as if something else had made it. */
  private Path named(String words, String others) throws IOException {
    return Stranger.retold(run, folder.resolve("retold.trace.safetensors"), words, others);
  }

  private int execute(String line, Path trace) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] words =
        line.replace("TRACE", trace.toString())
            .replace("RUN", run.toString())
            .replace("OUT", folder.resolve("out").toString())
            .concat(" --home " + folder.resolve("home"))
            .split(" ");
    return Unmask.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words);
  }
}
