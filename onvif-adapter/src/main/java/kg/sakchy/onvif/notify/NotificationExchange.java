package kg.sakchy.onvif.notify;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a camera that delivers: each request is judged by its head before a byte of its
 * body is kept. An unknown path and a wrong sender are answered alike, so that nothing can be tried
 * out.
 *
 * <p>Threads: confined to the event loop.
 */
final class NotificationExchange extends SimpleChannelInboundHandler<HttpObject> {
  /** Of one Notify; a hundred messages in it are some 100 KB. */
  static final int MAX_BODY_BYTES = 256 * 1024;

  private static final int FIRST_ROOM = 2_048;

  private final Function<String, Optional<Letterbox>> boxes;
  private final AtomicLong refusals;
  private final Duration patience;
  private @Nullable Letterbox box;
  private ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private boolean keepAlive;
  private boolean hangingUp;
  private @Nullable ScheduledFuture<?> deadline;

  /**
   * @param boxes finds a letterbox by the path of its address
   * @param refusals counts what is not taken
   * @param patience for a whole request, and for the next one
   */
  NotificationExchange(
      Function<String, Optional<Letterbox>> boxes, AtomicLong refusals, Duration patience) {
    super(HttpObject.class, true);
    this.boxes = boxes;
    this.refusals = refusals;
    this.patience = patience;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    awaitRequest(context);
    context.fireChannelActive();
  }

  /** However slowly bytes drip, the next request is whole in time or the connection ends. */
  private void awaitRequest(ChannelHandlerContext context) {
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
                patience.toNanos(),
                TimeUnit.NANOSECONDS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (deadline != null) {
      deadline.cancel(false);
    }
    context.fireChannelInactive();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (hangingUp) {
      return;
    }
    if (part.decoderResult().isFailure()) {
      refuse(context, HttpResponseStatus.BAD_REQUEST);
      return;
    }
    if (part instanceof HttpRequest request) {
      begin(context, request);
    }
    Letterbox to = box;
    if (to != null && part instanceof HttpContent content) {
      append(context, content.content());
      if (part instanceof LastHttpContent && !hangingUp) {
        finish(context, to);
      }
    }
  }

  private void begin(ChannelHandlerContext context, HttpRequest request) {
    box =
        boxes
            .apply(path(request.uri()))
            .filter(found -> found.admits(ConnectionLimit.host(context)))
            .orElse(null);
    keepAlive = HttpUtil.isKeepAlive(request);
    if (box == null) {
      refuse(context, HttpResponseStatus.NOT_FOUND);
    } else if (!request.method().equals(HttpMethod.POST)) {
      refuse(context, HttpResponseStatus.METHOD_NOT_ALLOWED);
    } else if (HttpUtil.getContentLength(request, 0L) > MAX_BODY_BYTES) {
      refuse(context, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
    } else {
      body = new ByteArrayOutputStream(FIRST_ROOM);
      if (HttpUtil.is100ContinueExpected(request)) {
        context.writeAndFlush(
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
      }
    }
  }

  /** Some cameras write the whole address into the request line. */
  private static String path(String target) {
    int authority = target.indexOf("://");
    int slash = authority < 0 ? 0 : target.indexOf('/', authority + 3);
    return slash < 0 ? "/" : target.substring(slash);
  }

  private void append(ChannelHandlerContext context, ByteBuf content) {
    int more = content.readableBytes();
    if (body.size() + more > MAX_BODY_BYTES) {
      refuse(context, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
      return;
    }
    byte[] bytes = new byte[more];
    content.readBytes(bytes);
    body.writeBytes(bytes);
  }

  private void finish(ChannelHandlerContext context, Letterbox to) {
    box = null;
    boolean taken = to.put(body.toByteArray());
    body = new ByteArrayOutputStream(0);
    if (!taken) {
      refuse(context, HttpResponseStatus.SERVICE_UNAVAILABLE);
    } else {
      answer(context, HttpResponseStatus.OK, keepAlive);
      awaitRequest(context);
    }
  }

  private void refuse(ChannelHandlerContext context, HttpResponseStatus status) {
    refusals.incrementAndGet();
    answer(context, status, false);
  }

  private void answer(ChannelHandlerContext context, HttpResponseStatus status, boolean goOn) {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
    if (goOn) {
      context.writeAndFlush(response);
    } else {
      hangingUp = true;
      response.headers().set(HttpHeaderNames.CONNECTION, "close");
      context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close(); // a camera that hangs up in the middle
  }
}
