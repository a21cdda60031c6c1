package kg.sakchy.sim.onvif.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request, and the place for its answer. Threads: confined to the loop. */
public final class HttpExchange {
  private final ChannelHandlerContext context;
  private final String method;
  private final String target;
  private final io.netty.handler.codec.http.HttpHeaders headers;
  private final byte[] body;
  private final boolean keepAlive;
  private final boolean secure;
  private boolean answered;
  private @Nullable ChannelFutureListener goneListener;

  HttpExchange(ChannelHandlerContext context, FullHttpRequest request, boolean secure) {
    this.context = context;
    this.method = request.method().name();
    this.target = request.uri();
    this.headers = request.headers();
    this.body = ByteBufUtil.getBytes(request.content());
    this.keepAlive = HttpUtil.isKeepAlive(request);
    this.secure = secure;
  }

  public String method() {
    return method;
  }

  /** The request target as sent. */
  public String target() {
    return target;
  }

  /** The target without a query. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** Value of a field, or null. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  public byte[] body() {
    return body.clone();
  }

  /** Whether it came over TLS. */
  public boolean secure() {
    return secure;
  }

  public InetSocketAddress local() {
    return (InetSocketAddress) context.channel().localAddress();
  }

  public InetSocketAddress remote() {
    return (InetSocketAddress) context.channel().remoteAddress();
  }

  /**
   * Answers; only the first answer counts.
   *
   * @param fields names and values in turn
   */
  public void respond(int status, String contentType, byte[] content, List<String> fields) {
    if (answered) {
      return;
    }
    answered = true;
    forgetGone();
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(status),
            Unpooled.wrappedBuffer(content));
    // Spelt as devices spell them: some clients look for exactly that.
    if (!contentType.isEmpty()) {
      response.headers().set("Content-Type", contentType);
    }
    response.headers().set("Content-Length", content.length);
    for (int i = 0; i < fields.size(); i += 2) {
      response.headers().add(fields.get(i), fields.get(i + 1));
    }
    if (!keepAlive) {
      response.headers().set("Connection", HttpHeaderValues.CLOSE);
    }
    ChannelFuture written = context.writeAndFlush(response);
    if (!keepAlive) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** An answer without fields of its own. */
  public void respond(int status, String contentType, byte[] content) {
    respond(status, contentType, content, List.of());
  }

  /**
   * Takes the connection over: whatever is written from now on goes out as it is.
   *
   * @return the channel, below HTTP
   */
  public Channel takeOver() {
    answered = true;
    context.pipeline().remove(HttpListener.CODEC);
    context.pipeline().remove(HttpListener.AGGREGATOR);
    return context.channel();
  }

  /** Writes raw bytes after {@link #takeOver}. */
  public ChannelFuture write(ByteBuf bytes) {
    return context.writeAndFlush(bytes);
  }

  /** Closes the connection without an answer. */
  public void close() {
    answered = true;
    context.close();
  }

  /** Something to do on the loop when the client is gone before it has an answer. */
  public void whenGone(Runnable task) {
    ChannelFutureListener listener = future -> task.run();
    goneListener = listener;
    context.channel().closeFuture().addListener(listener);
  }

  /** A connection may live for thousands of requests; their listeners must not pile up. */
  private void forgetGone() {
    ChannelFutureListener listener = goneListener;
    if (listener != null) {
      context.channel().closeFuture().removeListener(listener);
      goneListener = null;
    }
  }
}
