package kg.sakchy.onvif.soap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * One connection and the exchange on it. While it waits for an answer it holds no buffer: reads go
 * through the pool, and the body grows as it comes.
 *
 * <p>Threads: {@link #exchange} and {@link #close} are called by whoever has it; all else runs on
 * its event loop. One exchange at a time.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
  /** A body of announced length gets that much room at once, but no more than this. */
  private static final int MAX_FIRST_ROOM = 64 * 1024;

  private static final byte[] NOTHING = new byte[0];

  private final Endpoint endpoint;
  private @Nullable Channel channel;
  private @Nullable CompletableFuture<HttpAnswer> waiting;
  private @Nullable HttpResponse head;
  private byte[] body = NOTHING;
  private int length;
  private volatile boolean answered;
  private volatile boolean reusable;
  private int exchanges;

  HttpConnection(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** The channel must be connected. */
  private Channel connected() {
    Channel now = channel;
    if (now == null) {
      throw new IllegalStateException("not connected");
    }
    return now;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  /** Sends a request; the future is completed on the event loop, or never. */
  CompletableFuture<HttpAnswer> exchange(HttpPost post) {
    CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
    answered = false;
    reusable = false;
    Channel to = connected();
    to.eventLoop()
        .execute(
            () -> {
              exchanges++;
              waiting = answer;
              head = null;
              to.writeAndFlush(request(post))
                  .addListener(
                      sent -> {
                        if (!sent.isSuccess()) {
                          fail(sent.cause());
                        }
                      });
            });
    return answer;
  }

  private FullHttpRequest request(HttpPost post) {
    ByteBuf content = ByteBufUtil.writeUtf8(connected().alloc(), post.body());
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.POST,
            HttpPost.target(post.address()),
            content,
            DefaultHttpHeadersFactory.headersFactory().newHeaders(),
            EmptyHttpHeaders.INSTANCE);
    request
        .headers()
        .set(HttpHeaderNames.HOST, endpoint.hostField())
        .set(HttpHeaderNames.CONTENT_TYPE, post.contentType())
        .set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
    if (post.authorization() != null) {
      request.headers().set(HttpHeaderNames.AUTHORIZATION, post.authorization());
    }
    return request;
  }

  /** Whether the peer has begun to answer the last request. */
  boolean answered() {
    return answered;
  }

  /** Whether the last exchange is over and the peer keeps the connection. */
  boolean reusable() {
    return reusable && connected().isActive();
  }

  /** Runs an action on the event loop unless the connection is used before that time is over. */
  void whenIdleFor(long millis, Runnable action) {
    int used = exchanges;
    connected()
        .eventLoop()
        .schedule(
            () -> {
              if (exchanges == used) {
                action.run();
              }
            },
            millis,
            TimeUnit.MILLISECONDS);
  }

  void close() {
    Channel now = channel;
    if (now != null) {
      now.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof HttpObject part) {
        read(context, part);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(ChannelHandlerContext context, HttpObject part) {
    if (waiting == null) {
      context.close(); // it speaks without having been asked
      return;
    }
    answered = true;
    if (part.decoderResult().isFailure()) {
      fail(
          new VmsException(
              ErrorKind.DATA_LOSS,
              endpoint + " does not answer in HTTP",
              part.decoderResult().cause()));
      return;
    }
    if (part instanceof HttpResponse response) {
      begin(response);
    }
    if (part instanceof HttpContent content) {
      append(content.content());
      if (part instanceof LastHttpContent) {
        finish();
      }
    }
  }

  private void begin(HttpResponse response) {
    head = response;
    length = 0;
    long announced = HttpUtil.getContentLength(response, 0L);
    body = announced <= 0 ? NOTHING : new byte[(int) Math.min(announced, MAX_FIRST_ROOM)];
  }

  private void append(ByteBuf content) {
    int more = content.readableBytes();
    if (waiting == null || more == 0) {
      return;
    }
    if (length + more > XmlCursor.MAX_BYTES) {
      fail(
          new VmsException(
              ErrorKind.DATA_LOSS, "the answer of " + endpoint + " is larger than 4 MiB"));
      return;
    }
    if (length + more > body.length) {
      body =
          Arrays.copyOf(
              body, Math.max(length + more, Math.min(2 * body.length, XmlCursor.MAX_BYTES)));
    }
    content.readBytes(body, length, more);
    length += more;
  }

  private void finish() {
    HttpResponse response = head;
    CompletableFuture<HttpAnswer> answer = waiting;
    if (response == null || answer == null) {
      return;
    }
    head = null;
    if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
      return;
    }
    waiting = null;
    byte[] whole = length == body.length ? body : Arrays.copyOf(body, length);
    body = NOTHING;
    reusable = HttpUtil.isKeepAlive(response);
    if (!reusable) {
      close();
    }
    answer.complete(
        new HttpAnswer(
            response.status().code(),
            response.headers().get(HttpHeaderNames.CONTENT_TYPE),
            response.headers().getAll(HttpHeaderNames.WWW_AUTHENTICATE),
            response.headers().get(HttpHeaderNames.LOCATION),
            whole));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(
        new IOException(
            answered
                ? "it was closed in the middle of an answer"
                : "it was closed without an answer"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(cause);
  }

  private void fail(Throwable cause) {
    CompletableFuture<HttpAnswer> answer = waiting;
    waiting = null;
    body = NOTHING;
    if (answer != null) {
      answer.completeExceptionally(NetworkErrors.of(cause, endpoint));
    }
    close();
  }
}
