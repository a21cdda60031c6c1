package kg.sakchy.gateway.server.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.limit.AddressKey;
import kg.sakchy.media.rtsp.RtspLimits;
import kg.sakchy.media.rtsp.RtspMessage;
import kg.sakchy.media.rtsp.RtspRequest;
import kg.sakchy.media.rtsp.RtspResponse;
import kg.sakchy.media.rtsp.RtspStreamParser;
import kg.sakchy.media.rtsp.RtspWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's TCP or TLS connection. What is neither a request nor a frame ends it: a browser that
 * was sent here by a page must not get to hide requests in the body of another protocol's.
 *
 * <p>Requests are answered in their order, one at a time, by threads that may block. Threads:
 * confined to the connection's event loop, but {@link #send} and {@link #close}.
 */
public final class RtspConnection extends ChannelInboundHandlerAdapter
    implements RtspStreamParser.Sink {
  private static final Logger log = LoggerFactory.getLogger(RtspConnection.class);
  private static final RtspLimits LIMITS = new RtspLimits(4_096, 16_384, 16_384, 4_096);

  /** Requests that a client may send before they are answered. */
  private static final int MOST_WAITING = 16;

  private static final long LOOK_MILLIS = 500;
  private final ServerContext server;
  private final boolean tls;
  private final RtspStreamParser parser = new RtspStreamParser(LIMITS);
  private final SerialTasks tasks;
  private @Nullable Channel channel;
  private @Nullable Dialogue dialogue;
  private @Nullable String counted;
  private @Nullable ScheduledFuture<?> watch;
  private long lastHeardNanos;
  private long writableNanos;

  /**
   * @param tls whether it is encrypted
   */
  public RtspConnection(ServerContext server, boolean tls) {
    this.server = server;
    this.tls = tls;
    tasks = new SerialTasks(server.blocking());
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    Channel opened = context.channel();
    InetAddress address = ((InetSocketAddress) opened.remoteAddress()).getAddress();
    String key = AddressKey.of(address.getHostAddress());
    switch (server.connections().enter(key)) {
      case TAKEN -> counted = key;
      case TOO_MANY -> {
        turnAway(opened, "connections");
        return;
      }
      case TOO_MANY_OF_ADDRESS -> {
        turnAway(opened, "address");
        return;
      }
    }
    channel = opened;
    lastHeardNanos = server.clock().nanoTime();
    writableNanos = lastHeardNanos;
    dialogue = new Dialogue(server, this, opened, address, tls);
    watch =
        opened
            .eventLoop()
            .scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void turnAway(Channel opened, String reason) {
    server.metrics().refused(reason);
    opened.close();
  }

  /** Looks whether the client is there and reads. */
  private void look() {
    Dialogue talk = dialogue;
    Channel opened = channel;
    if (talk == null || opened == null) {
      return;
    }
    long now = server.clock().nanoTime();
    if (opened.isWritable()) {
      writableNanos = now;
    } else if (now - writableNanos >= server.limits().stuck().toNanos()) {
      server.metrics().stuck();
      opened.close();
      return;
    }
    boolean silent = now - lastHeardNanos >= server.limits().idle().toNanos();
    if (talk.sweep(now) == 0 && silent) {
      opened.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      if (dialogue != null && context.channel().isActive()) {
        for (ByteBuffer part : bytes.nioBuffers()) {
          parser.feed(part, this);
        }
      }
    } finally {
      bytes.release();
    }
  }

  @Override
  public void interleaved(int number, ByteBuffer payload) {
    heard();
    if (dialogue != null) {
      dialogue.report(number, payload);
    }
  }

  @Override
  public void message(RtspMessage message) {
    heard();
    Dialogue talk = dialogue;
    if (talk != null
        && message instanceof RtspRequest request
        && tasks.add(() -> talk.handle(request)) >= MOST_WAITING) {
      refuse("too many requests at once");
    }
  }

  /** Only what is whole counts: who sends byte by byte holds a place as if silent. */
  private void heard() {
    lastHeardNanos = server.clock().nanoTime();
  }

  @Override
  public void garbage(int bytes) {
    refuse(bytes + " bytes that are no RTSP");
  }

  private void refuse(String why) {
    server.metrics().malformed();
    log.debug("connection of {} ends: {}", counted, why);
    close();
  }

  /** Sends a response; any thread. */
  void send(RtspResponse response) {
    Channel opened = channel;
    if (opened != null) {
      opened.writeAndFlush(
          Unpooled.wrappedBuffer(RtspWriter.encode(response)), opened.voidPromise());
    }
  }

  /** Closes when all that was sent before is on its way; any thread. */
  void close() {
    Channel opened = channel;
    if (opened != null) {
      opened.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (watch != null) {
      watch.cancel(false);
    }
    Dialogue talk = dialogue;
    dialogue = null;
    if (talk != null) {
      tasks.add(talk::close);
    }
    if (counted != null) {
      server.connections().leave(counted);
      counted = null;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof VmsException malformed) {
      refuse(malformed.toLogLine());
    } else {
      log.debug("connection of {} failed", counted, cause);
    }
    context.close();
  }
}
