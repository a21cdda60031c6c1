package kg.sakchy.gateway.server.delivery;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The server's own network threads, so that no viewer is ever served on a thread that pulls
 * cameras: epoll where the platform has it, else NIO.
 *
 * <p>Threads: safe for use by many threads; {@link #close()} blocks for a bounded time.
 */
public final class ServerLoops implements AutoCloseable {
  private static final int PAGE_BYTES = 8192;

  /** Chunks of 8 KB * 2^7 = 1 MB. */
  private static final int CHUNK_ORDER = 7;

  private static final long CLOSE_SECONDS = 3;
  private final boolean epoll = Epoll.isAvailable();
  private final MultiThreadIoEventLoopGroup group;
  private final ByteBufAllocator allocator;

  /**
   * @param threads how many; 0 for half the processors, at least one
   */
  public ServerLoops(int threads) {
    int count = threads > 0 ? threads : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    group =
        new MultiThreadIoEventLoopGroup(
            count,
            new DefaultThreadFactory("rtsp-server", true),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    allocator = new PooledByteBufAllocator(true, 0, count, PAGE_BYTES, CHUNK_ORDER, 0, 0, false);
  }

  public MultiThreadIoEventLoopGroup group() {
    return group;
  }

  EventLoop next() {
    return group.next();
  }

  public Class<? extends ServerSocketChannel> serverChannel() {
    return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  Class<? extends DatagramChannel> datagramChannel() {
    return epoll ? EpollDatagramChannel.class : NioDatagramChannel.class;
  }

  /** The pool of everything that readers get. */
  public ByteBufAllocator allocator() {
    return allocator;
  }

  @Override
  public void close() {
    group
        .shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
