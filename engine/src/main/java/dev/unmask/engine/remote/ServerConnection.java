package dev.unmask.engine.remote;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A client. It is waited for so long and no longer, both for each whole request and to take each
 * reply; when it goes, so does its evaluation, whether that waits for its turn or is computed.
 */
final class ServerConnection extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final System.Logger LOG = System.getLogger(ServerConnection.class.getName());
  private static final Set<String> TYPES = Set.of(Answer.JSON, Answer.BINARY);

  /** Bytes a second that a client takes at least. */
  private static final int SLOWEST = 1 << 17;

  private final ServedModel served;
  private final ServedNames names;
  private final ThreadPoolExecutor evaluations;
  private final Duration patience;
  private FutureTask<Answer> evaluation;
  private Future<?> deadline;

  /**
   * One that was just opened.
   *
   * @param evaluations where the model is used, one request at a time
   * @param patience for a whole request
   */
  ServerConnection(
      ServedModel served, ServedNames names, ThreadPoolExecutor evaluations, Duration patience) {
    this.served = served;
    this.names = names;
    this.evaluations = evaluations;
    this.patience = patience;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    await(context, patience);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (evaluation != null) {
      // Another request before the reply to the first: no client of this protocol does that. What
      // was asked is given up first, for closing tells the client before it tells this handler.
      giveUp();
      context.close();
      return;
    }
    deadline.cancel(false);
    Optional<Answer> refusal = refusal(request);
    if (refusal.isPresent()) {
      send(context, refusal.get());
    } else if (request.method().equals(HttpMethod.GET)) {
      send(context, served.get(path(request)));
    } else {
      evaluate(context, request);
    }
  }

  private Optional<Answer> refusal(FullHttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return Optional.of(
          Answer.error(
              HttpResponseStatus.BAD_REQUEST, "the request is no HTTP that is understood"));
    }
    return names.refusal(request.headers()).or(() -> misasked(request));
  }

  private Optional<Answer> misasked(FullHttpRequest request) {
    String path = path(request);
    Optional<HttpMethod> method = served.method(path);
    if (method.isEmpty()) {
      return Optional.of(
          Answer.error(
              HttpResponseStatus.NOT_FOUND,
              "there is no %s; the model is %s".formatted(path, served.path())));
    }
    if (!method.get().equals(request.method())) {
      String sentence =
          "%s is not asked for by %s; ask by %s".formatted(path, request.method(), method.get());
      return Optional.of(
          Answer.error(HttpResponseStatus.METHOD_NOT_ALLOWED, sentence).allowing(method.get()));
    }
    return Optional.of(request)
        .filter(asked -> method.get().equals(HttpMethod.POST) && !TYPES.contains(type(asked)))
        .map(
            asked ->
                Answer.error(
                    HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
                    "the Content-Type is '%s'; send %s or %s"
                        .formatted(type(asked), Answer.JSON, Answer.BINARY)));
  }

  private static String path(FullHttpRequest request) {
    try {
      return new QueryStringDecoder(request.uri()).path();
    } catch (IllegalArgumentException _) {
      // An escape that is none: nothing is served there.
      return request.uri();
    }
  }

  private static String type(FullHttpRequest request) {
    CharSequence type = HttpUtil.getMimeType(request);
    return type == null ? "" : type.toString().strip().toLowerCase(Locale.ROOT);
  }

  private void evaluate(ChannelHandlerContext context, FullHttpRequest request) {
    byte[] body = ByteBufUtil.getBytes(request.content());
    String headBytes = request.headers().get(Message.HEAD_LENGTH);
    evaluation =
        new FutureTask<>(() -> served.infer(body, headBytes)) {
          @Override
          protected void done() {
            if (!isCancelled()) {
              context.executor().execute(() -> finish(context));
            }
          }
        };
    evaluations.execute(evaluation);
  }

  private void finish(ChannelHandlerContext context) {
    FutureTask<Answer> finished = evaluation;
    evaluation = null;
    if (finished == null || finished.state() != Future.State.SUCCESS) {
      // The client has gone, or the server is being closed.
      context.close();
    } else {
      send(context, finished.resultNow());
    }
  }

  private void send(ChannelHandlerContext context, Answer answer) {
    await(context, patience.plusSeconds(answer.body().length / SLOWEST));
    context
        .writeAndFlush(answer.response())
        .addListener(
            written -> {
              if (written.isSuccess()) {
                await(context, patience);
              }
            });
  }

  /** Closes the connection unless something else is awaited within that time. */
  private void await(ChannelHandlerContext context, Duration time) {
    if (deadline != null) {
      deadline.cancel(false);
    }
    deadline =
        context
            .executor()
            .schedule(
                () -> {
                  context.close();
                },
                time.toMillis(),
                TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (deadline != null) {
      deadline.cancel(false);
    }
    giveUp();
  }

  /** Stops what is computed for the client, or takes it out of the queue. */
  private void giveUp() {
    if (evaluation != null) {
      evaluation.cancel(true);
      evaluations.remove(evaluation);
      evaluation = null;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A connection that broke has nobody to tell; anything else is a fault.
    boolean broke = cause instanceof IOException || cause instanceof CodecException;
    var level = broke ? System.Logger.Level.DEBUG : System.Logger.Level.ERROR;
    LOG.log(level, "a connection failed", cause);
    context.close();
  }
}
