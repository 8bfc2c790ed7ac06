package dev.unmask.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.Samplers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a server says, it takes no more than was asked for and ends in one sentence. */
@Timeout(60)
class HostileServerTest {
  private static final Request QUESTION =
      Request.ofSequence(new int[] {0, 4}, Attention.FULL, new int[] {1}, Optional.empty());

  @TempDir private static Path folder;
  private static Path tokenizer;

  @BeforeAll
  static void makeTokenizer() {
    tokenizer = GoldenFiles.modelFolder(folder).resolve("tokenizer.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'shape': [-1, -1, 2147483647]   |                                  | a vocabulary of 2147483647 tokens",
        "'shape': [-1, -1, 4194305]      |                                  | no model has more than 4194304",
        "'shape': [-1, -1, 4294967301]   |                                  | does not tell its vocabulary",
        "'shape': [-1, -1, 5.5]          |                                  | does not tell its vocabulary",
        "'shape': {'name': 5}            |                                  | does not tell its vocabulary",
        "'shape': [-1, -1, 5]            | 'vocabulary_size': '999999999'   | a vocabulary of 999999999 tokens",
        "'shape': [-1, -1, 5]            | 'vocabulary_size': '9999999999'  | has the vocabulary_size '9999999999'",
        "'shape': [-1, -1, 5]            | 'block_size': '0'                | has the block_size 0",
        "'shape': [-1, -1, 5]            | 'context_length': '0'            | has the context_length 0",
        "'shape': [-1, -1, 5]            | 'end_ids': '5'                   | has the end_ids 5 of 5 tokens",
        "'shape': [-1, -1, 5]            | 'row_meaning': 'x'               | has the row_meaning 'x'",
      })
  void aCardThatNoModelHasIsRefusedBeforeMemoryIsTaken(
      String shape, String properties, String complaint) throws IOException {
    String card =
        "{'inputs': [{'name': 'input_ids'}], 'outputs': [{'name': 'logits', %s}], 'properties': {%s}}"
            .formatted(shape, properties == null ? "" : properties);
    try (FakeServer server = new FakeServer(card.replace('\'', '"'), _ -> {})) {
      assertThatThrownBy(() -> connect(server).close())
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("The model at http://")
          .hasMessageContaining(complaint);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil.example/t", "/a b", "//evil.example/t\\r\\n", "/a?b", "x"})
  void aTokenizerElsewhereIsNotFetched(String path) throws IOException {
    String card =
        FakeServer.METADATA
            .replaceFirst("\\{", "{\"properties\": {\"tokenizer\": \"%s\"},")
            .formatted(path);
    try (FakeServer server = new FakeServer(card, _ -> {})) {
      assertThatThrownBy(
              () ->
                  RemoteModel.connect(server.address(""), Optional.empty(), Duration.ZERO).close())
          .isInstanceOf(InputException.class)
          .hasMessageContaining("comes without its tokenizer");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void whoIsSentElsewhereDoesNotGo(int status) throws IOException {
    AtomicInteger elsewhere = new AtomicInteger();
    try (FakeServer other = new FakeServer(FakeServer.METADATA, _ -> elsewhere.incrementAndGet());
        FakeServer server =
            new FakeServer(
                FakeServer.METADATA,
                exchange -> {
                  String to = other.address("").ofModel("/infer").toString();
                  exchange.getResponseHeaders().set("Location", to);
                  FakeServer.send(exchange, status, "");
                })) {
      assertThatThrownBy(() -> ask(server))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("refused to answer (" + status);
      assertThat(elsewhere).hasValue(0);
    }
  }

  @Test
  void aReplyThatNeverEndsIsNotReadBeyondWhatWasAskedFor() throws IOException {
    AtomicLong sent = new AtomicLong();
    try (FakeServer server =
        new FakeServer(
            FakeServer.METADATA,
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              byte[] piece = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
              while (sent.addAndGet(piece.length) < 1L << 36) {
                exchange.getResponseBody().write(piece);
              }
            })) {
      assertThatThrownBy(() -> ask(server))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("did not answer in 3 attempts (");
      // What the sockets and the client's own buffers hold besides.
      assertThat(sent.get()).isLessThan(1L << 27);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"NaN\", 2, 3, 4, 5",
        "1e999, 2, 3, 4, 5",
        "1, 2, \"Infinity\", 4, 5",
        "1, 2, 1e39, 4, 5",
        "\"-Infinity\", \"-Infinity\", -1e999, \"-Infinity\", \"-Infinity\""
      })
  void aRunWhoseServerAnswersNoNumbersEndsWithTheStepThatItWas(String row) throws IOException {
    AtomicInteger asked = new AtomicInteger();
    try (FakeServer server =
            new FakeServer(
                FakeServer.METADATA,
                exchange -> {
                  String good = "[1, 2, \"-Infinity\", 3, 0]";
                  String last = asked.incrementAndGet() == 1 ? good : "[" + row + "]";
                  FakeServer.send(exchange, 200, reply(good, good, last));
                });
        Model model = connect(server)) {
      TokenRun run =
          TokenRun.start(
              RunModel.of(model),
              Start.of(new int[] {0}, 3, 4),
              new RunPlan<>(
                  Samplers.named("llada"),
                  Map.of("steps", "2", "block", "2"),
                  RandomKind.PHILOX,
                  1));
      run.step();
      assertThatThrownBy(run::step)
          .isInstanceOf(InputException.class)
          .hasMessage(
              "The model %s answered step 2 with logits of position 2 that are NaN or infinite; check the model, the steps before are kept."
                  .formatted(model.name()));
      assertThat(run.trace().steps()).isEqualTo(1);
    }
  }

  private static String reply(String... rows) {
    return "{\"outputs\": [{\"name\": \"logits\", \"datatype\": \"FP32\", \"shape\": [1, %d, 5], \"data\": [[%s]]}]}"
        .formatted(rows.length, String.join(", ", rows));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a\"", "null", "true", "[1]", "{}"})
  void aLogitThatIsNoNumberIsToldInOneSentence(String logit) throws IOException {
    try (FakeServer server =
        new FakeServer(
            FakeServer.METADATA,
            exchange ->
                FakeServer.send(
                    exchange,
                    200,
                    reply("[1, 2, 3, 4, 5]", "[1, 2, %s, 4, 5]".formatted(logit))))) {
      assertThatThrownBy(() -> ask(server))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("answered what cannot be used: its logits ");
    }
  }

  @Test
  void bytesThatAreTakenForAnotherEncodingAreNoMessage() {
    byte[] wide = {0, 0, 0, (byte) 0xf6, 1, 0, 0, 0, 'p', 'u', 't', 's', '"', ':', ' ', '['};
    byte[] deep = "[".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
    for (byte[] body : new byte[][] {wide, deep, {}, {0}, {(byte) 0xfe, (byte) 0xff}}) {
      assertThatThrownBy(() -> Message.decode(body, OptionalInt.empty(), Message.INPUTS))
          .isInstanceOf(WireException.class);
      assertThatThrownBy(() -> Message.decode(body, OptionalInt.of(0), Message.INPUTS))
          .isInstanceOf(WireException.class);
    }
  }

  private static void ask(FakeServer server) {
    try (Model model = connect(server)) {
      model.denoiser().predict(QUESTION);
    }
  }

  private static Model connect(FakeServer server) {
    return RemoteModel.connect(server.address(""), Optional.of(tokenizer), Duration.ZERO);
  }
}
