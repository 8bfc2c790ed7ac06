package dev.unmask.engine.remote;

import dev.unmask.engine.InputException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a server. What may pass is tried again; what the server refuses, or does not answer in time,
 * is not.
 */
final class InferenceClient implements AutoCloseable {
  /** Seconds that a reply may take, if the address names no others. */
  private static final int PATIENCE = 120;

  private static final int ATTEMPTS = 3;
  private static final int OK = 200;
  private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);
  private static final int LONGEST_REASON = 200;

  private final RemoteAddress address;
  private final Duration pause;
  private final int patience;
  private final HttpClient http;

  /**
   * @param pause before a second attempt; the third waits twice as long
   */
  InferenceClient(RemoteAddress address, Duration pause) {
    this.address = address;
    this.pause = pause;
    this.patience = address.number(RemoteAddress.TIMEOUT, 1, PATIENCE);
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            // Another server than the one that was named is not asked.
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(Math.min(patience, 10)))
            .build();
  }

  /**
   * A reply's body.
   *
   * @param headBytes the HTTP header that tells of how many bytes its JSON is, null if there is
   *     none
   */
  record Reply(byte[] body, String headBytes) {}

  Reply get(URI from, int most) {
    return send(HttpRequest.newBuilder(from).GET().build(), most);
  }

  Reply post(URI to, Message.Bytes bytes, int most) {
    return send(
        HttpRequest.newBuilder(to)
            .header("Content-Type", "application/octet-stream")
            .header(Message.HEAD_LENGTH, String.valueOf(bytes.headBytes()))
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes.all()))
            .build(),
        most);
  }

  /**
   * @param most bytes that a reply may have
   */
  private Reply send(HttpRequest request, int most) {
    String reason = "";
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        if (attempt > 1) {
          Thread.sleep(pause.multipliedBy(attempt - 1));
        }
        HttpResponse<byte[]> response = once(request, most);
        if (response.statusCode() == OK) {
          String headBytes = response.headers().firstValue(Message.HEAD_LENGTH).orElse(null);
          return new Reply(response.body(), headBytes);
        }
        reason = "%d, %s".formatted(response.statusCode(), reason(response.body()));
        if (!PASSING.contains(response.statusCode())) {
          throw address.bad("refused to answer (%s)".formatted(reason), "see what it needs");
        }
      } catch (IOException e) {
        reason = reason(e);
      } catch (InterruptedException e) {
        throw cancelled(e);
      }
    }
    throw address.bad(
        "did not answer in %d attempts (%s)".formatted(ATTEMPTS, reason),
        "check that it is served, and start again");
  }

  private HttpResponse<byte[]> once(HttpRequest request, int most)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> reply =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), most));
    try {
      // The whole reply, where the client's own time-out ends with the headers.
      return reply.get(patience, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw slow(e);
    } catch (ExecutionException e) {
      // A reply can be so bad that the client of the JDK stumbles over it.
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      reply.cancel(true);
    }
  }

  private InputException slow(TimeoutException e) {
    InputException slow =
        address.bad(
            "did not answer within %d s".formatted(patience),
            "give it longer with ?timeout=SECONDS, or ask it for less");
    slow.initCause(e);
    return slow;
  }

  private static CancellationException cancelled(InterruptedException e) {
    CancellationException cancelled = new CancellationException("interrupted in an evaluation");
    cancelled.initCause(e);
    return cancelled;
  }

  /** What a server says of an error, as much of it as a sentence bears. */
  private static String reason(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    try {
      String error = Message.decode(body, OptionalInt.empty(), "").head().path("error").asText();
      text = error.isEmpty() ? text : error;
    } catch (WireException e) {
      // Some servers say it in words, or in a page, which tells as much.
      text = text.replaceAll("<[^>]*>", " ");
    }
    text = text.replaceAll("\\s+", " ").strip();
    return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) + "…" : text;
  }

  private static String reason(IOException e) {
    return switch (e) {
      case HttpConnectTimeoutException _ -> "no connection in time";
      case ConnectException _ -> "no connection";
      default -> String.valueOf(e.getMessage());
    };
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
