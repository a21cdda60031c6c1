package kg.sakchy.sim;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import kg.sakchy.media.rtsp.RtspLimits;
import kg.sakchy.media.rtsp.RtspMessage;
import kg.sakchy.media.rtsp.RtspRequest;
import kg.sakchy.media.rtsp.RtspResponse;
import kg.sakchy.media.rtsp.RtspStreamParser;
import kg.sakchy.media.rtsp.RtspWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One viewer's TCP connection. Threads: confined to the loop. */
final class RtspConnection extends ChannelInboundHandlerAdapter implements RtspStreamParser.Sink {
  private static final Logger LOG = LoggerFactory.getLogger(RtspConnection.class);

  private final ServerContext server;
  private final RtspStreamParser parser = new RtspStreamParser(RtspLimits.DEFAULTS);
  private final RtspConversation conversation;
  private @Nullable ChannelHandlerContext context;
  private boolean frozen;

  RtspConnection(ServerContext server) {
    this.server = server;
    this.conversation = new RtspConversation(server, this);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext newContext) {
    context = newContext;
  }

  private ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("not in a pipeline");
    }
    return context;
  }

  @Override
  public void channelRead(ChannelHandlerContext ignored, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      if (!frozen) {
        parser.feed(bytes.nioBuffer(), this);
      }
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ignored) {
    if (writable()) {
      conversation.writable();
    }
  }

  @Override
  public void interleaved(int channel, ByteBuffer payload) {
    conversation.reported();
  }

  @Override
  public void message(RtspMessage message) {
    if (message instanceof RtspRequest request) {
      conversation.handle(request);
    }
  }

  @Override
  public void garbage(int bytes) {
    LOG.debug("{} bytes of garbage from {}", bytes, context().channel().remoteAddress());
  }

  @Override
  public void channelInactive(ChannelHandlerContext ignored) {
    server.closed(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ignored, Throwable cause) {
    LOG.debug("connection of {} failed", context().channel().remoteAddress(), cause);
    close();
  }

  void answer(RtspResponse response) {
    if (!frozen) {
      context().writeAndFlush(Unpooled.wrappedBuffer(RtspWriter.encode(response)));
    }
  }

  /** Sends interleaved frames; takes the buffer over. */
  void sendMedia(ByteBuf frames) {
    if (frozen) {
      frames.release();
    } else {
      context().writeAndFlush(frames, context().voidPromise());
    }
  }

  /** Whether the viewer keeps up. */
  boolean writable() {
    return context().channel().isWritable();
  }

  ByteBufAllocator allocator() {
    return context().alloc();
  }

  InetSocketAddress remoteAddress() {
    return (InetSocketAddress) context().channel().remoteAddress();
  }

  /** From now on nothing is sent or read, and nothing is closed. */
  void freeze() {
    frozen = true;
    context().channel().config().setAutoRead(false);
  }

  void close() {
    context().close();
  }
}
