package dev.unmask.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TraceFile;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceHeader.Segment;
import dev.unmask.engine.trace.TraceKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that came from outside reaches the terminal as it came. */
class TerminalTest {
  private static final String OBEYED = "X\u001b[31m\u0007\u202e\u009b2J\nY";
  private static final String SHOWN = "X\\u001b[31m\\u0007\\u202e\\u009b2J\\nY";

  @TempDir private static Path folder;
  private static Path hostile;

  private final StringWriter out = new StringWriter();

  /** A run's trace whose names and tokens hold what a terminal obeys. */
  @BeforeAll
  static void recordTrace() {
    Path plain = folder.resolve("plain.trace.safetensors");
    assertThat(
            Unmask.commandLine()
                .execute(
                    ("run --quiet --model sentences --length 6 --sampler llada --trace " + plain)
                        .split(" ")))
        .isZero();
    hostile = folder.resolve(OBEYED.replace('\n', ' ') + TraceFile.EXTENSION);
    try (var recorded = TraceKind.TOKENS.open(plain)) {
      RecordedTrace<TokenState, TokenRecord> trace =
          new RecordedTrace<>(hostile(recorded.header()), recorded.state(0));
      for (int step = 0; step < recorded.steps(); step++) {
        trace.append(recorded.step(step));
      }
      TraceFile.write(hostile, trace);
    }
  }

  private static TraceHeader hostile(TraceHeader header) {
    List<String> tokens = new ArrayList<>(header.tokens().vocabulary());
    tokens.replaceAll(token -> token + OBEYED);
    Segment segment = header.segments().getFirst();
    return new TraceHeader(
        new TraceHeader.Model(OBEYED, header.model().sha256()),
        new TraceHeader.Tokens(
            tokens,
            header.tokens().maskId(),
            header.tokens().length(),
            header.tokens().candidates()),
        header.noise(),
        header.random(),
        header.seed(),
        List.of(new Segment(0, OBEYED, segment.settings(), List.of())),
        Optional.empty(),
        Optional.of(OBEYED),
        header.version());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "verify TRACE",
        "compare TRACE TRACE",
        "branch TRACE --at 1",
        "branch TRACE --at 1 --model sentences",
        "branch TRACE --at 1 --model sentences --force 2=TRACE",
        "export TRACE FOLDER/TRACE.png --size 320x200",
        "export TRACE FOLDER/TRACE.doc",
        "run --from FOLDER/TRACE",
        "run --model TRACE",
        "run --sampler TRACE",
        "run --break TRACE",
        "run --set TRACE=1",
        "corrupt --image TRACE",
        "corrupt --noise TRACE",
        "corrupt TRACE --model letters",
        "convert TRACE FOLDER/out",
        "models TRACE",
        "image --class TRACE",
        "evaluate stories FOLDER/TRACE",
        "tokenizer FOLDER/TRACE FOLDER/out",
        "train --data FOLDER/TRACE --tokenizer FOLDER/TRACE --out FOLDER/out",
        "serve TRACE",
        "bench TRACE",
      })
  void whatCameFromOutsideIsShownAndNotObeyed(String line) {
    String[] arguments = line.split(" ");
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] =
          arguments[i]
              .replace("FOLDER/TRACE", folder + "/" + OBEYED.replace('\n', ' '))
              .replace("TRACE", hostile.toString())
              .replace("FOLDER", folder.toString());
    }
    run(arguments);
    assertThat(out.toString()).contains("\\u001b").doesNotContainPattern("[\\p{Cc}\u202e&&[^\n]]");
  }

  @Test
  void aServersWordsAreShownAndNotObeyed() throws IOException {
    byte[] words = ("{\"error\": \"X\\u001b[31m\\u202e\\nY\"}").getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(400, words.length);
          exchange.getResponseBody().write(words);
          exchange.close();
        });
    server.start();
    try {
      run("run", "--model", "http://127.0.0.1:%d/m".formatted(server.getAddress().getPort()));
      assertThat(out.toString().lines()).hasSize(1);
      assertThat(out.toString()).contains("(400, X\\u001b[31m\\u202e Y)");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aModelsNameIsShownAndNotObeyed() throws IOException {
    Path model = Files.createDirectories(folder.resolve("m\u001b[31m\nn"));
    Files.writeString(model.resolve("config.json"), "{\"model_type\": \"\\u001b[31mgpt9\\n\"}");
    run("models", model.toString());
    assertThat(out.toString().lines()).hasSize(1);
    assertThat(out.toString()).contains("m\\u001b[31m\\nn").doesNotContain("\u001b");
  }

  @Test
  void aLineIsOneLineAndATextKeepsItsLines() {
    Terminal terminal = Terminal.of(new PrintWriter(out));
    terminal.println(OBEYED);
    terminal.printf("%s is %d%n", OBEYED, 7);
    terminal.print(OBEYED + "\r\n\tz\rq\n");
    assertThat(out.toString())
        .isEqualTo(
            "%s%n%s is 7%n%s\r\n\tz\\rq\n".formatted(SHOWN, SHOWN, SHOWN.replace("\\nY", "\nY")));
  }

  @Test
  void aRunIsShownInColoursAndItsTokensAreNotObeyed() {
    try (var trace = TraceKind.TOKENS.open(hostile)) {
      String picture = new TerminalPicture(trace.header(), true).of(trace, trace.steps());
      assertThat(picture).contains("\u001b[0m", "X\\u001b[31m").doesNotContain("X\u001b[31m");
      Terminal terminal = Terminal.of(new PrintWriter(out));
      terminal.control(picture);
      assertThat(out.toString()).isEqualTo(picture);
    }
  }

  private void run(String... arguments) {
    PrintWriter both = new PrintWriter(out, true);
    Unmask.commandLine().setOut(both).setErr(both).execute(arguments);
  }
}
