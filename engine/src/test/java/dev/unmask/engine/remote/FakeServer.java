package dev.unmask.engine.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of another make, or a bad one. */
final class FakeServer implements AutoCloseable {
  /** Of a model of five tokens of which the last is the mask, which takes whole sequences. */
  static final String METADATA =
      """
      {"name": "m", "platform": "other",
       "inputs": [{"name": "input_ids", "datatype": "INT64", "shape": [-1, -1]},
                  {"name": "attention_mask", "datatype": "INT64", "shape": [-1, -1]}],
       "outputs": [{"name": "logits", "datatype": "FP32", "shape": [-1, -1, 5]}]}
      """;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Answers a request for an evaluation. */
  @FunctionalInterface
  interface Infer {
    void answer(HttpExchange exchange) throws IOException;
  }

  FakeServer(String metadata, Infer infer) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v2/models/m", exchange -> send(exchange, 200, metadata));
    server.createContext(
        "/v2/models/m/infer",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            infer.answer(exchange);
          }
        });
    server.start();
  }

  /** The model's, with the mask told. */
  RemoteAddress address(String options) {
    return RemoteAddress.of(
        "http://127.0.0.1:%d/m?mask_id=4%s".formatted(server.getAddress().getPort(), options));
  }

  static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
