package kg.sakchy.sim.onvif.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.sim.net.SimLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port that speaks HTTP/1.1, plain or over TLS. Threads: any. */
public final class HttpListener implements AutoCloseable {
  static final String CODEC = "http";
  static final String AGGREGATOR = "whole";
  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
  private static final int MAX_REQUEST_BYTES = 1 << 20;
  private static final int BACKLOG = 4_096;

  private final Channel channel;
  private final ChannelGroup connections;

  private HttpListener(Channel channel, ChannelGroup connections) {
    this.channel = channel;
    this.connections = connections;
  }

  /**
   * Listens; must not be called on the loop.
   *
   * @param port 0 takes a free one
   * @param tls null for plain HTTP
   * @param handler called on the loop with each whole request
   * @throws VmsException UNAVAILABLE if the port is taken
   */
  public static HttpListener bind(
      SimLoop loop,
      String host,
      int port,
      @Nullable SslContext tls,
      Consumer<HttpExchange> handler) {
    ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop.group())
            .channel(loop.serverChannel())
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel connection) {
                    connections.add(connection);
                    if (tls != null) {
                      connection.pipeline().addLast(tls.newHandler(connection.alloc()));
                    }
                    connection
                        .pipeline()
                        .addLast(CODEC, new HttpServerCodec())
                        .addLast(AGGREGATOR, new HttpObjectAggregator(MAX_REQUEST_BYTES))
                        .addLast(new Requests(tls != null, handler));
                  }
                })
            .bind(host, port)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new VmsException(
          ErrorKind.UNAVAILABLE, "cannot listen on " + host + ":" + port, bound.cause());
    }
    return new HttpListener(bound.channel(), connections);
  }

  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /** Closes its connections, and goes on listening. */
  public void disconnect() {
    connections.close();
  }

  /** Closes the port and its connections, soon. */
  @Override
  public void close() {
    channel.close();
    connections.close();
  }

  /** Hands whole requests on. */
  private static final class Requests extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final boolean secure;
    private final Consumer<HttpExchange> handler;

    Requests(boolean secure, Consumer<HttpExchange> handler) {
      this.secure = secure;
      this.handler = handler;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      if (!request.decoderResult().isSuccess()) {
        context.close();
        return;
      }
      handler.accept(new HttpExchange(context, request, secure));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      LOG.debug("connection of {} failed", context.channel().remoteAddress(), cause);
      context.close();
    }
  }
}
