package dev.unmask.engine.remote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.denoiser.Vocabulary;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** Serves a model: its metadata, whether it is ready, its tokenizer and its evaluations. */
public final class InferenceServer implements AutoCloseable {
  private static final int LONGEST_QUESTION = 1 << 24;
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final String JSON = "application/json";

  private final Model model;
  private final Path tokenizer;
  private final HttpServer server;
  private final ReentrantLock evaluating = new ReentrantLock();

  private InferenceServer(Model model, Path tokenizer, HttpServer server) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.server = server;
  }

  /**
   * Starts to serve.
   *
   * @param tokenizer the model's tokenizer.json
   * @param host to be reached at; a loopback address is not reached from other machines
   * @param port 0 is any that is free
   * @throws InputException if the port is not free, or the host is not this one
   */
  public static InferenceServer start(Model model, Path tokenizer, String host, int port) {
    try {
      HttpServer http = HttpServer.create(new InetSocketAddress(host, port), 0);
      InferenceServer server = new InferenceServer(model, tokenizer, http);
      http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      http.createContext("/", server::answer);
      http.start();
      return server;
    } catch (IOException e) {
      throw new InputException(
          "%s:%d cannot be served at (%s); choose another --port or --host."
              .formatted(host, port, e.getMessage()),
          e);
    }
  }

  /** Where the model is, for {@code --model}. */
  public String address() {
    InetSocketAddress at = server.getAddress();
    return "http://%s:%d/%s".formatted(at.getHostString(), at.getPort(), model.name());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String ofModel = "/v2/models/" + model.name();
      String path = exchange.getRequestURI().getPath();
      boolean asks = exchange.getRequestMethod().equals("GET");
      if (asks && path.equals("/v2")) {
        send(exchange, OK, server());
      } else if (asks && (path.startsWith("/v2/health/") || path.equals(ofModel + "/ready"))) {
        send(exchange, OK, Message.JSON.createObjectNode());
      } else if (asks && path.equals(ofModel)) {
        send(exchange, OK, metadata());
      } else if (asks && path.equals(ofModel + "/tokenizer")) {
        send(exchange, JSON, Files.readAllBytes(tokenizer));
      } else if (!asks && path.equals(ofModel + "/infer")) {
        infer(exchange);
      } else {
        send(
            exchange, NOT_FOUND, error("there is no %s; the model is %s".formatted(path, ofModel)));
      }
    }
  }

  private void infer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LONGEST_QUESTION + 1);
    String length = exchange.getRequestHeaders().getFirst(Message.HEAD_LENGTH);
    try {
      if (body.length > LONGEST_QUESTION || length != null && !length.matches("\\d{1,9}")) {
        throw new WireException("it is longer than any question about a sequence");
      }
      OptionalInt head =
          length == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(length));
      Message question = Message.decode(body, head, Message.INPUTS);
      boolean binary =
          question.head().path("parameters").path("binary_data_output").asBoolean(false);
      Message.Bytes reply = evaluate(question).encode(Message.OUTPUTS, binary);
      if (binary) {
        exchange.getResponseHeaders().set(Message.HEAD_LENGTH, String.valueOf(reply.headBytes()));
      }
      send(exchange, binary ? "application/octet-stream" : JSON, reply.all());
    } catch (WireException e) {
      send(exchange, BAD_REQUEST, error("the request cannot be used: " + e.getMessage()));
    } catch (InputException e) {
      send(exchange, BAD_REQUEST, error(e.getMessage()));
    }
  }

  /** One at a time, as a denoiser is used. */
  private Message evaluate(Message question) {
    evaluating.lock();
    try {
      return new Evaluation(model).answer(question);
    } finally {
      evaluating.unlock();
    }
  }

  private static ObjectNode server() {
    ObjectNode root = Message.JSON.createObjectNode().put("name", "unmask").put("version", "2");
    root.putArray("extensions").add("binary_tensor_data");
    return root;
  }

  private ObjectNode metadata() {
    Vocabulary vocabulary = model.vocabulary();
    ObjectNode root = Message.JSON.createObjectNode().put("name", model.name());
    root.put("platform", "unmask").putArray("versions").add("1");
    ArrayNode inputs = root.putArray("inputs");
    add(inputs, ModelCard.IDS, WireType.INT64, 1, -1);
    add(inputs, "unconditional_ids", WireType.INT64, 1, -1);
    add(inputs, "positions", WireType.INT64, -1);
    add(inputs, ModelCard.ROWS, WireType.INT64, -1);
    add(inputs, "time", WireType.FP64, 1);
    ArrayNode outputs = root.putArray("outputs");
    add(outputs, ModelCard.LOGITS, WireType.FP32, 1, -1, vocabulary.size());
    add(outputs, "top_ids", WireType.INT64, 1, -1, -1);
    add(outputs, "top_logits", WireType.FP32, 1, -1, -1);
    add(outputs, "rest", WireType.FP32, 1, -1);
    ObjectNode properties = root.putObject("properties");
    properties.put(RemoteAddress.MASK, String.valueOf(vocabulary.maskId()));
    properties.put(
        RemoteAddress.ENDS,
        Arrays.stream(vocabulary.endIds())
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(",")));
    properties.put(RemoteAddress.CONTEXT, String.valueOf(model.denoiser().contextLength()));
    properties.put(RemoteAddress.ROWS, ModelCard.word(model.denoiser().rowMeaning()));
    model
        .denoiser()
        .blockSize()
        .ifPresent(size -> properties.put(RemoteAddress.BLOCK, String.valueOf(size)));
    properties.put(ModelCard.SHA256, model.sha256());
    properties.put(ModelCard.TOKENIZER, "/v2/models/%s/tokenizer".formatted(model.name()));
    return root;
  }

  private static void add(ArrayNode list, String name, WireType type, int... shape) {
    ArrayNode sizes =
        list.addObject().put("name", name).put("datatype", type.name()).putArray("shape");
    Arrays.stream(shape).forEach(sizes::add);
  }

  private static ObjectNode error(String sentence) {
    return Message.JSON.createObjectNode().put("error", sentence);
  }

  private static void send(HttpExchange exchange, int status, ObjectNode json) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", JSON);
    byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void send(HttpExchange exchange, String type, byte[] bytes) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(OK, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Stops serving; the model stays open. */
  @Override
  public void close() {
    server.stop(0);
  }
}
