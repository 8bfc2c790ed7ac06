package dev.unmask.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes of servers of other makes, of bad ones and of none. */
@Timeout(60)
class RemoteDenoiserTest {
  private static final Request QUESTION =
      Request.ofSequence(new int[] {0, 4}, Attention.FULL, new int[] {1}, Optional.empty());

  @TempDir private static Path folder;
  private static Path tokenizer;

  @BeforeAll
  static void makeTokenizer() {
    tokenizer = GoldenFiles.modelFolder(folder).resolve("tokenizer.json");
  }

  @Test
  void aServerThatKnowsOfSequencesAloneIsEnough() throws IOException {
    try (FakeServer server =
        new FakeServer(FakeServer.METADATA, exchange -> FakeServer.send(exchange, 200, whole()))) {
      Prediction prediction = ask(server, "");
      assertThat(prediction.logits()).isEqualTo(new float[][] {{1, 2, 3, 4, 0.5f}});
      assertThatThrownBy(() -> ask(server, "&top_k=2"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("gives all logits or none");
    }
  }

  private static String whole() {
    return reply("FP32", "[1, 2, 5]", "[[0, 0, 0, 0, 0], [1, 2, 3, 4, 0.5]]");
  }

  private static String reply(String type, String shape, String data) {
    return "{\"outputs\": [{\"name\": \"logits\", \"datatype\": \"%s\", \"shape\": %s, \"data\": %s}]}"
        .formatted(type, shape, data);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | FP32   | [1, 3, 5]        | 15 | the shape [1, 3, 5] where [1, 2, 5] was asked for",
        "200 | FP32   | [1, 2, 5]        | 9  | has 9 numbers in lists of [9], and the shape [1,2,5]",
        "200 | FP32   | [1, 9999999, 9999999] | 9 | has the shape [1,9999999,9999999]",
        "200 | BYTES  | [1, 2, 5]        | 10 | is of the type \"BYTES\"",
        "400 | FP32   | [1, 2, 5]        | 10 | refused to answer (400",
        "404 | FP32   | [1, 2, 5]        | 10 | refused to answer (404",
        "503 | FP32   | [1, 2, 5]        | 10 | did not answer in 3 attempts (503",
      })
  void aReplyThatCannotBeUsedIsToldInOneSentence(
      int status, String type, String shape, int numbers, String sentence) throws IOException {
    String data = "[" + "1,".repeat(numbers - 1) + "1]";
    try (FakeServer server =
        new FakeServer(
            FakeServer.METADATA,
            exchange -> FakeServer.send(exchange, status, reply(type, shape, data)))) {
      assertRefused(server, "", sentence);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}        |      | it has no logits",
        "[]        |      | it is no JSON object",
        "hello     |      | it is no JSON",
        "{}        | 7    | says that its JSON has 7 bytes and has 2",
        "{}        | x    | its JSON has 'x' bytes",
        "{}  3456  | 2    | 6 bytes follow its tensors",
      })
  void aReplyThatIsNoneIsToldInOneSentence(String body, String headBytes, String sentence)
      throws IOException {
    try (FakeServer server =
        new FakeServer(
            FakeServer.METADATA,
            exchange -> {
              if (headBytes != null) {
                exchange.getResponseHeaders().set(Message.HEAD_LENGTH, headBytes);
              }
              FakeServer.send(exchange, 200, body);
            })) {
      assertRefused(server, "", sentence);
    }
  }

  @Test
  void aBinaryTensorIsNotBelievedBeyondTheBytesThatThereAre() throws IOException {
    String json =
        "{\"outputs\": [{\"name\": \"logits\", \"datatype\": \"FP32\", \"shape\": [1, 2, 5],"
            + " \"parameters\": {\"binary_data_size\": 40}}]}";
    try (FakeServer server =
        new FakeServer(
            FakeServer.METADATA,
            exchange -> {
              exchange.getResponseHeaders().set(Message.HEAD_LENGTH, String.valueOf(json.length()));
              FakeServer.send(exchange, 200, json + "1234567");
            })) {
      assertRefused(server, "", "its logits has 40 bytes of 7, and its shape takes 40");
    }
  }

  @Test
  void aReplyThatIsCutShortIsAskedForAgainAndThenToldOf() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    try (FakeServer server =
        new FakeServer(
            FakeServer.METADATA,
            exchange -> {
              asked.incrementAndGet();
              exchange.sendResponseHeaders(200, 1000);
              exchange.getResponseBody().write("{".getBytes(StandardCharsets.UTF_8));
              exchange.getResponseBody().flush();
            })) {
      assertRefused(server, "", "did not answer in 3 attempts (");
      assertThat(asked).hasValue(3);
    }
  }

  @Test
  void whatPassesIsTriedAgain() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    try (FakeServer server =
        new FakeServer(
            FakeServer.METADATA,
            exchange ->
                FakeServer.send(exchange, asked.incrementAndGet() < 3 ? 503 : 200, whole()))) {
      assertThat(ask(server, "").rows()).containsExactly(1);
    }
  }

  @Test
  void aReplyThatIsTooLongIsNotRead() throws IOException {
    try (FakeServer server =
        new FakeServer(
            FakeServer.METADATA, exchange -> FakeServer.send(exchange, 200, " ".repeat(1 << 17)))) {
      assertRefused(server, "", "did not answer in 3 attempts (");
    }
  }

  @Test
  void aServerThatTakesTooLongIsNotWaitedFor() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    try (FakeServer server = new FakeServer(FakeServer.METADATA, _ -> await(over))) {
      assertRefused(server, "&timeout=1", "did not answer within 1 s");
    } finally {
      over.countDown();
    }
  }

  @Test
  void anInterruptedEvaluationIsCancelled() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    try (FakeServer server =
        new FakeServer(
            FakeServer.METADATA,
            _ -> {
              caller.interrupt();
              await(over);
            })) {
      assertThatThrownBy(() -> ask(server, "")).isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isFalse();
    } finally {
      over.countDown();
    }
  }

  private static void await(CountDownLatch over) {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                        | takes [] and no input_ids",
        "{'inputs': [{'name': 'input_ids'}]}                       | does not tell its vocabulary",
        "{'inputs': [{'name': 'input_ids'}], 'properties': {'vocabulary_size': '3'}} | not tell its mask",
        "hello                                                     | has metadata that cannot be used",
      })
  void metadataThatDoNotSufficeAreToldInOneSentence(String metadata, String sentence)
      throws IOException {
    try (FakeServer server = new FakeServer(metadata.replace('\'', '"'), _ -> {})) {
      assertRefused(server, "", sentence);
    }
  }

  @Test
  void aServerThatIsNotThereIsToldOf() throws IOException {
    RemoteAddress gone;
    try (FakeServer server = new FakeServer(FakeServer.METADATA, _ -> {})) {
      gone = server.address("");
    }
    assertThatThrownBy(() -> connect(gone))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("did not answer in 3 attempts (no connection)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://                  | is no address of a served model",
        "http://host              | is no address of a served model",
        "http://host/a b          | is no address of a served model",
        "http://host:99999999/a?x | 'x' is no option",
        "http://host/a?y=1        | 'y=1' is no option",
      })
  void anAddressThatIsNoneIsToldInOneSentence(String text, String sentence) {
    assertThatThrownBy(() -> RemoteAddress.of(text))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void anAddressMayBeThatOfTheProtocolAndHaveAPathInFront() {
    RemoteAddress address = RemoteAddress.of("https://host:1/serving/v2/models/llada?top_k=5");
    assertThat(address.ofModel("/infer"))
        .hasToString("https://host:1/serving/v2/models/llada/infer");
    assertThat(address.number(RemoteAddress.TOP_K, 1, 0)).isEqualTo(5);
  }

  private static void assertRefused(FakeServer server, String options, String sentence) {
    assertThatThrownBy(() -> ask(server, options))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(sentence)
        .satisfies(
            e -> assertThat(e.getMessage()).startsWith("The model at http://").endsWith("."));
  }

  private static Prediction ask(FakeServer server, String options) {
    try (Model model = connect(server.address(options))) {
      return model.denoiser().predict(QUESTION);
    }
  }

  private static Model connect(RemoteAddress address) {
    return RemoteModel.connect(address, Optional.of(tokenizer), Duration.ZERO);
  }
}
