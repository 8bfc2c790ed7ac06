package dev.unmask.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.Vocabulary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever reaches a server can do it no harm. */
@Timeout(60)
class HostileClientTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String QUESTION =
      "{\"inputs\": [{\"name\": \"input_ids\", \"datatype\": \"INT64\", \"shape\": [1, 1], \"data\": [1]}]}";

  @TempDir private static Path folder;
  private static Path tokenizer;
  private static Model tiny;

  private final Stuck stuck = new Stuck();
  private InferenceServer server;

  @BeforeAll
  static void open() {
    Path model = GoldenFiles.modelFolder(folder);
    tokenizer = model.resolve("tokenizer.json");
    tiny = Model.open(model, 1);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void serve(Model model, String host, List<String> names, InferenceServer.Limits limits) {
    server = InferenceServer.start(model, tokenizer, host, 0, names, limits);
  }

  private void serve() {
    serve(tiny, "127.0.0.1", List.of(), InferenceServer.Limits.USUAL);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:1, 200",
    "localhost, 200",
    "LOCALHOST:99, 200",
    "[::1]:80, 200",
    "gpu.example, 200",
    "evil.example, 421",
    "evil.example:8080, 421",
    "127.0.0.1.evil.example, 421",
    "192.168.1.7, 421",
    "localhost:x, 421",
    "'', 421",
    "'localhost\r\nHost: localhost', 421",
  })
  void onlyNamesOfTheServerAreAnswered(String host, int status) throws IOException {
    serve(tiny, "127.0.0.1", List.of("GPU.example"), InferenceServer.Limits.USUAL);
    assertThat(ask("GET /v2 HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
        .startsWith("HTTP/1.1 " + status);
  }

  @Test
  void aRequestWithoutANameIsNotAnswered() throws IOException {
    serve();
    assertThat(ask("GET /v2 HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 421").contains("\"error\"");
  }

  @ParameterizedTest
  @CsvSource({"192.168.1.7:80, 200", "[fe80::1], 200", "evil.example, 421"})
  void aServerThatListensEverywhereIsAskedByAnyAddressAndByNoStrangeName(String host, int status)
      throws IOException {
    serve(tiny, "0.0.0.0", List.of(), InferenceServer.Limits.USUAL);
    assertThat(ask("GET /v2 HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
        .startsWith("HTTP/1.1 " + status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil.example", "null", "https://localhost", "http://localhost:1"})
  void aPageOfAnotherSiteMayNotAsk(String origin) throws IOException {
    serve();
    String head = "Host: localhost\r\nOrigin: " + origin + "\r\n";
    assertThat(ask(post(head + "Content-Type: application/json\r\n", QUESTION)))
        .startsWith("HTTP/1.1 403")
        .doesNotContainIgnoringCase("access-control");
    assertThat(ask("OPTIONS /v2/models/tiny/infer HTTP/1.1\r\n" + head + "\r\n"))
        .startsWith("HTTP/1.1 403")
        .doesNotContainIgnoringCase("access-control");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /v2/models/tiny/infer, 405, allow: POST",
    "GET, /v2/models/tiny/infer, 405, allow: POST",
    "DELETE, /v2/models/tiny, 405, allow: GET",
    "POST, /v2, 405, allow: GET",
    "OPTIONS, /v2, 405, allow: GET",
    "GET, /v2/models/%, 404, error",
    "GET, /v2/health/x, 404, error",
    "GET, /etc/passwd, 404, error",
    "GET, http://evil.example/v2, 404, error",
    "G\u00e9T, /v2, 400, error",
  })
  void whatIsAskedForInTheWrongWayIsRefused(String method, String path, int status, String said)
      throws IOException {
    serve();
    assertThat(ask(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 " + status)
        .contains(said)
        .contains("{\"error\":\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Content-Type: text/plain\r\n",
        "Content-Type: application/x-www-form-urlencoded\r\n",
        "Content-Type: multipart/form-data; boundary=a\r\n"
      })
  void whatAPageCanSendWithoutAskingIsNoQuestion(String type) throws IOException {
    serve();
    assertThat(ask(post("Host: localhost\r\n" + type, QUESTION)))
        .startsWith("HTTP/1.1 415")
        .contains("send application/json or application/octet-stream");
  }

  @Test
  void aHeaderThatNeverEndsIsNotRead() throws IOException {
    serve();
    assertThat(ask("GET /v2 HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(10_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
  }

  /** The answer comes before the body, and whoever sends none of it is not waited for for long. */
  @Test
  void aBodyThatIsLongerThanAnyQuestionIsNotRead() throws IOException {
    serve(tiny, "127.0.0.1", List.of(), new InferenceServer.Limits(64, SHORT));
    String question =
        post("Host: localhost\r\nContent-Type: application/json\r\n", " ".repeat(1 << 17));
    assertThat(ask(question.stripTrailing() + "\r\n\r\n"))
        .startsWith("HTTP/1.1 413")
        .contains("has more than the");
  }

  /**
   * Most clients send all of it before they read, and would only learn that the connection broke.
   */
  @ParameterizedTest
  @ValueSource(strings = {"Connection: close\r\n", ""})
  void whoeverSendsAllOfSuchABodyComesToReadTheAnswer(String connection) throws IOException {
    serve();
    String head = "Host: localhost\r\nContent-Type: application/json\r\n" + connection;
    try (Socket socket = connect()) {
      write(socket, post(head, " ".repeat(1 << 24)));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 413")
          .contains("connection: close", "has more than the");
    }
  }

  @Test
  void noClientIsListenedToForEverBehindAnAnswer() throws IOException {
    serve(tiny, "127.0.0.1", List.of(), new InferenceServer.Limits(64, SHORT));
    try (Socket socket = connect()) {
      write(
          socket,
          "POST /v2/models/tiny/infer HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 999999999999\r\n\r\n");
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 413");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET /v2 HTTP/1.1\r\nHost: loc",
        "POST /v2/models/tiny/infer HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"
      })
  void whoDoesNotFinishARequestInTimeIsLeft(String part) throws IOException {
    serve(tiny, "127.0.0.1", List.of(), new InferenceServer.Limits(64, SHORT));
    try (Socket socket = connect()) {
      write(socket, part);
      for (int i = 0; i < 5; i++) {
        // A byte now and then buys no time.
        write(socket, "a");
      }
      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
  }

  @Test
  void moreClientsThanTheServerBearsAreTurnedAway() throws IOException {
    serve(tiny, "127.0.0.1", List.of(), new InferenceServer.Limits(2, Duration.ofMinutes(1)));
    String request = "GET /v2 HTTP/1.1\r\nHost: localhost\r\n\r\n";
    try (Socket one = connect();
        Socket two = connect()) {
      write(one, request);
      write(two, request);
      assertThat(one.getInputStream().read()).isEqualTo('H');
      assertThat(two.getInputStream().read()).isEqualTo('H');
      try (Socket three = connect()) {
        assertThat(text(three)).startsWith("HTTP/1.1 503").contains("ask later");
      }
    }
  }

  @Test
  void whatIsComputedForAClientThatHasGoneIsStopped() throws Exception {
    serve(stuck.model(), "127.0.0.1", List.of(), InferenceServer.Limits.USUAL);
    try (Socket client = connect()) {
      write(client, question());
      stuck.started.acquire();
    }
    stuck.interrupted.acquire();
    assertThat(stuck.asked).hasValue(1);
  }

  @Test
  void whatWaitsForItsTurnIsDroppedWithItsClient() throws Exception {
    serve(stuck.model(), "127.0.0.1", List.of(), InferenceServer.Limits.USUAL);
    try (Socket first = connect()) {
      write(first, question());
      stuck.started.acquire();
      try (Socket gone = connect()) {
        write(gone, question());
        write(gone, question());
        // A second request before the reply to the first is none of this protocol.
        assertThat(gone.getInputStream().read()).isEqualTo(-1);
      }
      stuck.free.countDown();
      assertThat(new String(first.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200");
    }
    try (Socket last = connect()) {
      write(last, question());
      assertThat(last.getInputStream().read()).isEqualTo('H');
    }
    assertThat(stuck.asked).hasValue(2);
  }

  @Test
  void aServerThatIsClosedStopsWhatItComputes() throws Exception {
    serve(stuck.model(), "127.0.0.1", List.of(), InferenceServer.Limits.USUAL);
    try (Socket client = connect()) {
      write(client, question());
      stuck.started.acquire();
      server.close();
      assertThat(stuck.interrupted.tryAcquire()).isTrue();
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aFaultIsAnsweredInASentence() throws Exception {
    stuck.free.countDown();
    stuck.logits = null;
    serve(stuck.model(), "127.0.0.1", List.of(), InferenceServer.Limits.USUAL);
    assertThat(ask(question())).startsWith("HTTP/1.1 500").contains("the evaluation failed;");
  }

  @Test
  void aReplyThatDoesNotFitIsRefusedBeforeItIsComputed() throws Exception {
    stuck.vocabulary = 1 << 23;
    serve(stuck.model(), "127.0.0.1", List.of(), InferenceServer.Limits.USUAL);
    assertThat(ask(question()))
        .startsWith("HTTP/1.1 400")
        .contains("asks for 1 rows of 8388608 numbers", "binary_data_output");
    assertThat(stuck.asked).hasValue(0);
  }

  @Test
  void aHostThatIsNotThisMachineIsToldOf() {
    serve();
    assertThatThrownBy(
            () -> InferenceServer.start(tiny, tokenizer, "203.0.113.7", 0, List.of()).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("203.0.113.7:0 cannot be served at");
  }

  private static String question() {
    return post("Host: localhost\r\nContent-Type: application/json\r\n", QUESTION);
  }

  private static String post(String head, String body) {
    return "POST /v2/models/tiny/infer HTTP/1.1\r\n%sContent-Length: %d\r\n\r\n%s"
        .formatted(head, body.length(), body);
  }

  private Socket connect() throws IOException {
    int port = RemoteAddress.of(server.address()).server().getPort();
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    return socket;
  }

  /** What comes until the server has nothing more to say. */
  private String ask(String request) throws IOException {
    try (Socket socket = connect()) {
      write(socket, request.replaceFirst("\r\n", "\r\nConnection: close\r\n"));
      return text(socket);
    }
  }

  private static String text(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A denoiser that does not answer before it may. */
  private static final class Stuck implements TokenDenoiser {
    private final Semaphore started = new Semaphore(0);
    private final Semaphore interrupted = new Semaphore(0);
    private final CountDownLatch free = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private int vocabulary = 3;
    private float[][] logits = {{0, 1, 2}};

    Model model() {
      Vocabulary tokens = new Vocabulary(vocabulary, 0, new int[0]);
      return new Model("tiny", "", this, tiny.tokenizer(), tokens);
    }

    @Override
    public int vocabularySize() {
      return vocabulary;
    }

    @Override
    public int contextLength() {
      return 8;
    }

    @Override
    public RowMeaning rowMeaning() {
      return RowMeaning.CLEAN_LOGITS;
    }

    @Override
    public Prediction predict(Request request) {
      asked.incrementAndGet();
      started.release();
      try {
        free.await();
      } catch (InterruptedException e) {
        interrupted.release();
        throw new CancellationException();
      }
      return new Prediction(IntStream.range(0, logits.length).toArray(), logits);
    }

    @Override
    public void close() {}
  }
}
