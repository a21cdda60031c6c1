package kg.sakchy.sim.onvif.event;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import kg.sakchy.sim.onvif.soap.SoapEnvelope;
import kg.sakchy.sim.onvif.soap.Xml;

/**
 * Posts Notify messages to a consumer, one after the other, each over a connection of its own. What
 * the consumer does not take is lost. Threads: confined to the loop.
 */
final class NotifyClient {
  private static final String ACTION =
      "http://docs.oasis-open.org/wsn/bw-2/NotificationConsumer/Notify";
  private static final int MAX_QUEUED = 100;
  private static final int MAX_ANSWER_BYTES = 65_536;
  private static final int CONNECT_MILLIS = 2_000;
  private static final int ANSWER_SECONDS = 5;

  private final EventLoopGroup group;
  private final Class<? extends SocketChannel> channelType;
  private final URI address;
  private final Deque<String> queue = new ArrayDeque<>();
  private boolean posting;

  /**
   * @param address of the consumer, {@code http} only
   */
  NotifyClient(EventLoopGroup group, Class<? extends SocketChannel> channelType, URI address) {
    this.group = group;
    this.channelType = channelType;
    this.address = address;
  }

  /** Posts a NotificationMessage soon. */
  void post(String message) {
    queue.add(message);
    if (queue.size() > MAX_QUEUED) {
      queue.remove();
    }
    if (!posting) {
      next();
    }
  }

  private void next() {
    String message = queue.poll();
    posting = message != null;
    if (message == null) {
      return;
    }
    int port = address.getPort() < 0 ? 80 : address.getPort();
    var connected =
        new Bootstrap()
            .group(group)
            .channel(channelType)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(new HttpClientCodec())
                        .addLast(new HttpObjectAggregator(MAX_ANSWER_BYTES))
                        .addLast(new ReadTimeoutHandler(ANSWER_SECONDS, TimeUnit.SECONDS))
                        .addLast(new Hangup());
                  }
                })
            .connect(address.getHost(), port);
    connected.addListener(
        (ChannelFutureListener)
            done -> {
              if (done.isSuccess()) {
                done.channel().closeFuture().addListener(closed -> next());
                done.channel().writeAndFlush(request(message));
              } else {
                next();
              }
            });
  }

  private DefaultFullHttpRequest request(String message) {
    String headers = new Xml().leaf("wsa:To", address).leaf("wsa:Action", ACTION).finish();
    String envelope =
        SoapEnvelope.of(headers, new Xml().begin("wsnt:Notify").raw(message).end().finish());
    String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
    String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.POST,
            path + query,
            Unpooled.copiedBuffer(envelope, StandardCharsets.UTF_8));
    request
        .headers()
        .set(HttpHeaderNames.HOST, address.getRawAuthority())
        .set(
            HttpHeaderNames.CONTENT_TYPE,
            "application/soap+xml; charset=utf-8; action=\"" + ACTION + "\"")
        .set(HttpHeaderNames.CONTENT_LENGTH, request.content().readableBytes())
        .set(HttpHeaderNames.CONNECTION, "close");
    return request;
  }

  /** Hangs up when the consumer has answered, or is out of order. */
  private static final class Hangup extends SimpleChannelInboundHandler<FullHttpResponse> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      context.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
