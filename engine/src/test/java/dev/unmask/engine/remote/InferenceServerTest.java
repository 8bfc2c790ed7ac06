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
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceKind;
import dev.unmask.engine.trace.TraceRecorder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class InferenceServerTest {
  private static final int LENGTH = 18;

  @TempDir private static Path folder;
  private static Path tiny;
  private static Model local;
  private static InferenceServer server;

  @BeforeAll
  static void serve() {
    tiny = GoldenFiles.modelFolder(folder);
    local = Model.open(tiny, 1);
    server = start();
  }

  private static InferenceServer start() {
    return InferenceServer.start(local, tiny.resolve("tokenizer.json"), "127.0.0.1", 0, List.of());
  }

  @AfterAll
  static void stop() {
    server.close();
    local.close();
  }

  @ParameterizedTest
  @CsvSource({
    "llada, steps=8 block=4 temperature=0.5 guidance=1.5",
    "fast-dllm, block=4 threshold=0.5",
    "wino, block=8",
    "remdm-cap, steps=8",
  })
  void aRemoteRunIsTheLocalOne(String sampler, String settings) {
    try (Model remote = connect(server, "")) {
      TokenRun there = run(remote, sampler, settings);
      TokenRun here = run(local, sampler, settings);
      there.finish(_ -> {});
      here.finish(_ -> {});
      assertSame(there.trace(), here.trace());
      assertThat(there.trace().header().model().name()).isEqualTo(server.address());
      assertThat(there.trace().header().model().sha256()).isEqualTo(local.sha256());
      assertThat(there.trace().header().tokens().vocabulary())
          .isEqualTo(here.trace().header().tokens().vocabulary());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 1_000_000})
  void theGreatestLogitsSufficeForTheMostProbableTokens(int count) {
    try (Model remote = connect(server, "?top_k=" + count)) {
      TokenRun there = run(remote, "llada", "steps=8");
      TokenRun here = run(local, "llada", "steps=8");
      there.finish(_ -> {});
      here.finish(_ -> {});
      for (int step = 0; step < here.trace().steps(); step++) {
        assertThat(there.trace().state(step + 1).tokens())
            .containsExactly(here.trace().state(step + 1).tokens());
      }
      // With what is left of the probability spread out, the confidence is the true one.
      assertThat(there.trace().step(0).decision().confidence())
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(here.trace().step(0).decision().confidence());
    }
  }

  @Test
  void aServerThatDiesLeavesTheStepsSoFar() {
    Path file = folder.resolve("died.trace.safetensors");
    InferenceServer dying = start();
    try (Model remote = connect(dying, "")) {
      TokenRun run = run(remote, "llada", "steps=8");
      try (var recorder = TraceRecorder.create(file, run.trace())) {
        recorder.append(run.step());
        recorder.append(run.step());
        dying.close();
        assertThatThrownBy(run::step)
            .isInstanceOf(InputException.class)
            .hasMessageContaining("did not answer in 3 attempts");
      }
      assertThat(run.trace().steps()).isEqualTo(2);
      try (var kept = TraceKind.TOKENS.open(TraceRecorder.partOf(file))) {
        assertThat(kept.steps()).isEqualTo(2);
      }
    }
  }

  @Test
  void samplersThatNeedACacheAreRefused() {
    try (Model remote = connect(server, "")) {
      assertThatThrownBy(() -> run(remote, "fast-dllm", "block=4 cache=prefix"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("needs a cache of keys and values");
    }
  }

  @Test
  void anyAttentionGoesOverTheWire() {
    for (Attention attention :
        new Attention[] {
          Attention.FULL,
          Attention.CAUSAL,
          new Attention.BlockCausal(4),
          new Attention.BlockDiffusion(4, 8),
          new Attention.Shadowed(12)
        }) {
      assertThat(AttentionWords.parse(AttentionWords.of(attention))).isEqualTo(attention);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello                                        | it is no JSON",
        "{}                                           | it has no input_ids",
        "{'inputs': [IDS(99999)]}                     | hold 99999 of",
        "{'inputs': [IDS(-1)]}                        | hold -1 of",
        "{'inputs': [IDS(1), {'name': 'rows', 'datatype': 'INT64', 'shape': [1], 'data': [1]}]} | its rows are not",
        "{'inputs': [IDS(1), {'name': 'rows', 'datatype': 'INT64', 'shape': [9], 'data': [1]}]} | has 1 numbers in lists of [1], and the shape [9]",
        "{'inputs': [IDS(1)], 'parameters': {'attention': 'block-causal 0'}} | unknown attention",
        "{'inputs': [IDS(1)], 'parameters': {'attention': 'block-causal'}} | unknown attention",
        "{'inputs': [IDS('a')]}                       | its input_ids holds \"a\", which is no INT64",
        "{'inputs': [IDS(null)]}                      | its input_ids holds null, which is no INT64",
        "{'inputs': [IDS(1.5)]}                       | its input_ids holds 1.5, which is no INT64",
        "{'inputs': [IDS(1e999)]}                     | which is no INT64",
        "{'inputs': [IDS(true)]}                      | its input_ids holds true, which is no INT64",
        "{'inputs': [IDS(99999999999999999999)]}      | which is no INT64",
        "{'inputs': [IDS(4294967297)]}                | its input_ids holds 4.294967297E9",
        "{'inputs': [{'name': 'input_ids', 'datatype': 'FP32', 'shape': [1, 1], 'data': [1]}]} | are FP32 and not INT64",
        "{'inputs': [{'name': 'input_ids', 'datatype': 'BYTES', 'shape': [1, 1], 'data': [1]}]} | is of the type \"BYTES\"",
        "{'inputs': [{'name': 'input_ids', 'datatype': 'INT64', 'shape': [2, 1], 'data': [1, 2]}]} | not [1, T]",
        "{'inputs': [{'name': 'input_ids', 'datatype': 'INT64', 'shape': [2], 'data': [1, 2]}]} | not [1, T]",
        "{'inputs': [{'name': 'input_ids', 'datatype': 'INT64', 'shape': [1, 3], 'data': [[1, 2], [3]]}]} | has 2 numbers in lists of [2, 2], and the shape [1,3]",
        "{'inputs': [{'name': 'input_ids', 'datatype': 'INT64', 'shape': [1, -1], 'data': [1]}]} | has the shape [1,-1]",
        "{'inputs': [{'name': 'input_ids', 'datatype': 'INT64', 'shape': [1, 1.5], 'data': [1]}]} | has the shape [1,1.5]",
        "{'inputs': [{'name': 'input_ids', 'datatype': 'INT64', 'shape': [1, 4294967296], 'data': [1]}]} | has the shape",
        "{'inputs': [{'name': 'input_ids', 'datatype': 'INT64', 'shape': [0, 2147483647, 2147483647], 'data': []}]} | not [1, T]",
        "{'inputs': [{'name': 'input_ids', 'datatype': 'INT64', 'shape': [1, 0], 'data': []}]} | it has 0 tokens",
        "{'inputs': [IDS(1)], 'parameters': {'top_k': 'a'}}        | its top_k is \"a\" and not",
        "{'inputs': [IDS(1)], 'parameters': {'top_k': -1}}         | its top_k is -1 and not",
        "{'inputs': [IDS(1)], 'parameters': {'top_k': 1.5}}        | its top_k is 1.5 and not",
        "{'inputs': [IDS(1)], 'parameters': {'attention': 5}}      | its attention is 5 and not a text",
        "{'inputs': [IDS(1)], 'parameters': {'binary_data_output': 'a'}} | and not true or false",
        "{'inputs': [IDS(1), {'name': 'unconditional_ids', 'datatype': 'INT64', 'shape': [1, 1], 'data': [1]}]} | its guidance is missing",
        "{'inputs': [IDS(1), {'name': 'unconditional_ids', 'datatype': 'INT64', 'shape': [1, 1], 'data': [1]}], 'parameters': {'guidance': 1e999}} | its guidance is",
        "{'inputs': [IDS(1), {'name': 'time', 'datatype': 'FP64', 'shape': [1], 'data': [1e999]}]} | its time is Infinity",
        "{'inputs': [IDS(1), {'name': 'time', 'datatype': 'FP64', 'shape': [1], 'data': [-1]}]} | its time is -1.0",
        "{'inputs': [IDS(1), {'name': 'positions', 'datatype': 'INT64', 'shape': [1], 'data': [-1]}]} | its positions are not",
      })
  void aQuestionThatCannotBeUsedIsRefusedInOneSentence(String question, String sentence)
      throws IOException, InterruptedException {
    String body =
        question
            .replaceAll(
                "IDS\\((.*?)\\)",
                "{'name': 'input_ids', 'datatype': 'INT64', 'shape': [1, 1], 'data': [$1]}")
            .replace('\'', '"');
    HttpResponse<String> reply = post(body);
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(Message.JSON.readTree(reply.body()).path("error").asText()).contains(sentence);
  }

  @Test
  void aQuestionInJsonAloneIsAnsweredInJsonWithAllRows() throws IOException, InterruptedException {
    HttpResponse<String> reply =
        post(
            "{\"inputs\": [{\"name\": \"input_ids\", \"datatype\": \"INT64\", \"shape\": [1, 2],"
                + " \"data\": [[1, 2]]}]}");
    assertThat(reply.statusCode()).isEqualTo(200);
    float[][] logits =
        local
            .denoiser()
            .predict(
                Request.ofSequence(
                    new int[] {1, 2}, Attention.FULL, new int[] {0, 1}, Optional.empty()))
            .logits();
    var data = Message.JSON.readTree(reply.body()).path("outputs").get(0).path("data");
    assertThat(data.size()).isEqualTo(2 * local.vocabulary().size());
    assertThat((float) data.get(3).asDouble()).isEqualTo(logits[0][3]);
  }

  @ParameterizedTest
  @CsvSource({
    "/v2, unmask",
    "/v2/health/ready, {",
    "/v2/models/tiny/ready, {",
    "/v2/models/x, error"
  })
  void whatTheProtocolAsksIsAnswered(String path, String text)
      throws IOException, InterruptedException {
    assertThat(send(HttpRequest.newBuilder(at(path)).GET().build()).body()).contains(text);
  }

  private static HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(at("/v2/models/tiny/infer"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private static URI at(String path) {
    return RemoteAddress.of(server.address()).resolve(path);
  }

  private static Model connect(InferenceServer to, String options) {
    return RemoteModel.connect(
        RemoteAddress.of(to.address() + options), Optional.empty(), Duration.ZERO);
  }

  private static TokenRun run(Model model, String sampler, String settings) {
    Map<String, String> chosen = new LinkedHashMap<>();
    for (String setting : settings.split(" ")) {
      chosen.put(setting.split("=")[0], setting.split("=")[1]);
    }
    return TokenRun.start(
        RunModel.of(model),
        Start.of(new int[] {1, 2}, LENGTH, model.vocabulary().maskId()),
        new RunPlan<>(Samplers.named(sampler), chosen, RandomKind.PHILOX, 3));
  }

  private static void assertSame(
      Trace<TokenState, TokenRecord> a, Trace<TokenState, TokenRecord> b) {
    assertThat(a.steps()).isEqualTo(b.steps());
    for (int step = 0; step < a.steps(); step++) {
      assertThat(a.state(step + 1).tokens()).containsExactly(b.state(step + 1).tokens());
      assertThat(a.step(step).decision().predicted())
          .containsExactly(b.step(step).decision().predicted());
      assertThat(a.step(step).decision().confidence())
          .containsExactly(b.step(step).decision().confidence());
      assertThat(a.step(step).entropy()).containsExactly(b.step(step).entropy());
    }
  }
}
