package kg.sakchy.gateway.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.time.VmsClock;

/**
 * The network threads: epoll where the platform has it, else NIO. One buffer pool with a small
 * arena per thread serves all cameras, and a read buffer lives only while it is being read into, so
 * an idle camera holds none.
 *
 * <p>Threads: safe for use by many threads; {@link #close()} blocks for a bounded time.
 */
public final class EventLoops implements AutoCloseable {
  private static final int PAGE_BYTES = 8192;

  /** Chunks of 8 KB * 2^7 = 1 MB: room for a few reads at once. */
  private static final int CHUNK_ORDER = 7;

  private static final long CLOSE_SECONDS = 3;

  private final boolean epoll = Epoll.isAvailable();
  private final MultiThreadIoEventLoopGroup group;
  private final List<IngestLoop> loops = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();
  private final ByteBufAllocator allocator;

  /**
   * @param threads how many; 0 for half the processors, at least one
   * @param tick how often {@link LoopTicker}s tick
   */
  public EventLoops(int threads, Duration tick, VmsClock clock) {
    int count = threads > 0 ? threads : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    Map<ThreadAwareExecutor, LoopPace> paces = new ConcurrentHashMap<>();
    group =
        new MultiThreadIoEventLoopGroup(
            count,
            new DefaultThreadFactory("gateway", true),
            GatheringIoHandler.factory(
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory(),
                executor -> paces.computeIfAbsent(executor, _ -> new LoopPace())));
    group.forEach(
        executor -> {
          EventLoop loop = (EventLoop) executor;
          LoopPace pace = paces.computeIfAbsent(loop, _ -> new LoopPace());
          loops.add(new IngestLoop(loop, new LoopTicker(loop, clock, tick), pace));
        });
    allocator = new PooledByteBufAllocator(true, 0, count, PAGE_BYTES, CHUNK_ORDER, 0, 0, false);
  }

  /** The loop for the next stream; they take turns. */
  public IngestLoop next() {
    return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
  }

  public Class<? extends SocketChannel> socketChannel() {
    return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  public Class<? extends DatagramChannel> datagramChannel() {
    return epoll ? EpollDatagramChannel.class : NioDatagramChannel.class;
  }

  /** Whether sockets are {@code io.netty.channel.epoll}'s and know its options. */
  public boolean isEpoll() {
    return epoll;
  }

  /** The pool that all sockets read into. */
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
