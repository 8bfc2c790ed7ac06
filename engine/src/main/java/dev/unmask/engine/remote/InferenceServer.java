package dev.unmask.engine.remote;

import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Model;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Serves a model over HTTP to whoever reaches it, which need not be whom it was meant for: what is
 * read is bounded in size and in time, and so is the number of clients.
 */
public final class InferenceServer implements AutoCloseable {
  private static final Answer BUSY =
      Answer.error(
          HttpResponseStatus.SERVICE_UNAVAILABLE, "too many ask at the same time; ask later");

  private final String host;
  private final ServedModel served;
  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  /** One at a time, as a denoiser is used. */
  private final ThreadPoolExecutor evaluations =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().daemon().name("evaluations").factory());

  private Channel listening;

  /**
   * What a server bears.
   *
   * @param connections at a time
   * @param patience for a whole request, and for the next one
   */
  record Limits(int connections, Duration patience) {
    static final Limits USUAL = new Limits(64, Duration.ofSeconds(30));
  }

  private InferenceServer(ServedModel served, String host) {
    this.served = served;
    this.host = host;
  }

  /**
   * Starts to serve.
   *
   * @param tokenizer the model's tokenizer.json
   * @param host to be reached at; a loopback address is not reached from other machines
   * @param port 0 is any that is free
   * @param names that it may be asked by besides the host, localhost and, where it listens
   *     everywhere, any address
   * @throws InputException if the port is not free, or the host is not this one
   */
  public static InferenceServer start(
      Model model, Path tokenizer, String host, int port, List<String> names) {
    return start(model, tokenizer, host, port, names, Limits.USUAL);
  }

  static InferenceServer start(
      Model model, Path tokenizer, String host, int port, List<String> names, Limits limits) {
    var server = new InferenceServer(new ServedModel(model, tokenizer), host);
    try {
      server.listen(new InetSocketAddress(host, port), names, limits);
      return server;
    } catch (InputException e) {
      server.close();
      throw e;
    }
  }

  private void listen(InetSocketAddress address, List<String> names, Limits limits) {
    if (host.isBlank() || address.isUnresolved()) {
      throw new InputException(
          "'%s' is no address of this machine; choose another --host.".formatted(host));
    }
    ServedNames known = ServedNames.of(host, address.getAddress(), names);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(new Connections(known, limits))
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new InputException(
          "%s:%d cannot be served at (%s); choose another --port or --host."
              .formatted(host, address.getPort(), bound.cause().getMessage()),
          bound.cause());
    }
    listening = bound.channel();
  }

  /** Where the model is, for {@code --model}. */
  public String address() {
    boolean numbers = host.indexOf(':') >= 0;
    int port = ((InetSocketAddress) listening.localAddress()).getPort();
    return "http://%s:%d/%s"
        .formatted(numbers ? "[" + host + "]" : host, port, served.model().name());
  }

  /** What each connection is read and written by. */
  private final class Connections extends ChannelInitializer<SocketChannel> {
    private final ServedNames names;
    private final Limits limits;

    Connections(ServedNames names, Limits limits) {
      this.names = names;
      this.limits = limits;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      channel.pipeline().addLast(new HttpServerCodec());
      if (connections.size() >= limits.connections()) {
        channel.writeAndFlush(BUSY.response()).addListener(ChannelFutureListener.CLOSE);
        return;
      }
      connections.add(channel);
      channel
          .pipeline()
          .addLast(
              new HttpServerKeepAliveHandler(),
              new WholeRequests(served.longestQuestion()),
              new ServerConnection(served, names, evaluations, limits.patience()));
    }
  }

  private static final class WholeRequests extends HttpObjectAggregator {
    private final int longest;

    WholeRequests(int longest) {
      super(longest, true);
      this.longest = longest;
    }

    /** The rest is read and forgotten, so that the client comes to read the answer. */
    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
      String sentence = "the request has more than the %d bytes that any about a sequence has";
      FullHttpResponse answer =
          Answer.error(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, sentence.formatted(longest))
              .response();
      HttpUtil.setKeepAlive(answer, false);
      // It would close the connection behind the answer, while the client still sends: the client
      // would be told that the connection broke, and not why.
      context.pipeline().remove(HttpServerKeepAliveHandler.class);
      var written = context.writeAndFlush(answer);
      context.pipeline().addBefore(context.name(), null, new Lingering(written));
    }
  }

  /**
   * Reads and forgets what a client still sends behind an answer, up to its end, and no more than
   * so much; nor for longer than any request may take.
   */
  private static final class Lingering extends SimpleChannelInboundHandler<HttpObject> {
    private static final long MOST = 1L << 28;

    private final ChannelFuture answer;
    private long read;

    Lingering(ChannelFuture answer) {
      this.answer = answer;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
      if (part instanceof HttpContent content) {
        read += content.content().readableBytes();
      }
      if (part instanceof LastHttpContent || read > MOST) {
        answer.addListener(ChannelFutureListener.CLOSE);
      }
    }
  }

  /** Stops serving, and what is being computed; the model stays open. */
  @Override
  public void close() {
    // One by one, and before the loop: a connection that it leaves open has its client wait.
    if (listening != null) {
      listening.close().awaitUninterruptibly();
    }
    connections.close().awaitUninterruptibly();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    evaluations.shutdownNow();
    evaluations.close();
  }
}
