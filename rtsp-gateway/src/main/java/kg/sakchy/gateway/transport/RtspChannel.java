package kg.sakchy.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.gateway.failure.Failure;
import kg.sakchy.gateway.failure.NetworkFailures;
import kg.sakchy.media.rtsp.RtspLimits;
import kg.sakchy.media.rtsp.RtspMessage;
import kg.sakchy.media.rtsp.RtspStreamParser;
import kg.sakchy.media.rtsp.RtspWriter;
import org.jspecify.annotations.Nullable;

/**
 * One RTSP connection: bytes in, messages and interleaved frames out, on one TCP or TLS socket.
 *
 * <p>Buffers: what is read is parsed in place and released before the next read. Threads: confined
 * to the socket's event loop; every call of {@link Listener} comes from there.
 */
public final class RtspChannel extends ChannelInboundHandlerAdapter {
  private final RtspStreamParser parser = new RtspStreamParser(RtspLimits.DEFAULTS);
  private final Listener listener;
  private final LoopPace pace;
  private final String peer;
  private final boolean tls;
  private @Nullable Channel channel;
  private @Nullable Failure failure;
  private boolean over;

  /** Receives what the connection brings. */
  public interface Listener extends RtspStreamParser.Sink {
    /** The connection stands, TLS included. */
    void connected();

    /** Bytes were read; the items in them follow. */
    void read();

    /**
     * The connection is gone; the last call.
     *
     * @param failure why, or null if one of the two sides just closed it
     */
    void closed(@Nullable Failure failure);
  }

  /**
   * @param pace of the loop it will live on
   * @param peer {@code host:port}, for sentences
   * @param tls whether {@link Listener#connected()} waits for the handshake
   */
  RtspChannel(Listener listener, LoopPace pace, String peer, boolean tls) {
    this.listener = listener;
    this.pace = pace;
    this.peer = peer;
    this.tls = tls;
  }

  /** See {@link RtspStreamParser#expectChannels}. */
  public void expectChannels(int count) {
    parser.expectChannels(count);
  }

  /** Sends a message; what goes wrong comes as {@link Listener#closed}. */
  public void send(RtspMessage message) {
    write(Unpooled.wrappedBuffer(RtspWriter.encode(message)));
  }

  /** Sends an interleaved frame; dropped if the peer does not read. */
  public void sendFrame(int interleavedChannel, ByteBuffer payload) {
    ByteBuffer prefix = ByteBuffer.allocate(RtspWriter.FRAME_PREFIX_BYTES);
    RtspWriter.writeFramePrefix(prefix, interleavedChannel, payload.remaining());
    if (isWritable()) {
      write(Unpooled.wrappedBuffer(prefix.flip(), payload));
    }
  }

  /** Whether to go on reading; what is read already is still delivered. */
  public void reading(boolean on) {
    if (channel != null) {
      channel.config().setAutoRead(on);
    }
  }

  /** Whether the peer takes what was sent so far. */
  public boolean isWritable() {
    return channel != null && channel.isWritable();
  }

  /** This end, for datagram sockets beside it; after {@link Listener#connected()}. */
  public InetSocketAddress localAddress() {
    return (InetSocketAddress) open().localAddress();
  }

  /** The camera's end; after {@link Listener#connected()}. */
  public InetSocketAddress remoteAddress() {
    return (InetSocketAddress) open().remoteAddress();
  }

  /** Closes the socket, or gives up dialling; {@link Listener#closed} follows. Idempotent. */
  public void close() {
    if (channel == null) {
      finish();
    } else {
      channel.close();
    }
  }

  /** Whether {@link Listener#closed} was called. */
  boolean isOver() {
    return over;
  }

  boolean isTls() {
    return tls;
  }

  /** There will be no connection. */
  void dialFailed(Throwable error) {
    if (failure == null) {
      failure = NetworkFailures.of(error, peer);
    }
    finish();
  }

  private void finish() {
    if (!over) {
      over = true;
      listener.closed(failure);
    }
  }

  private Channel open() {
    if (channel == null) {
      throw new IllegalStateException("not connected");
    }
    return channel;
  }

  private void write(ByteBuf bytes) {
    if (channel == null) {
      bytes.release();
    } else {
      channel.writeAndFlush(bytes, channel.voidPromise());
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (!tls) {
      listener.connected();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        listener.connected();
      } else {
        fail(handshake.cause());
      }
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      pace.read(bytes.readableBytes());
      listener.read();
      if (bytes.nioBufferCount() == 1) {
        parser.feed(bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes()), listener);
      } else {
        for (ByteBuffer part : bytes.nioBuffers()) {
          parser.feed(part, listener);
        }
      }
    } catch (VmsException e) {
      fail(e);
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    finish();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(cause);
  }

  private void fail(Throwable cause) {
    if (failure == null) {
      failure = NetworkFailures.of(cause, peer);
    }
    close();
  }
}
