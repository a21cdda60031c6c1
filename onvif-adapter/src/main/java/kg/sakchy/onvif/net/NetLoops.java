package kg.sakchy.onvif.net;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Event loops and the kinds of channel that fit them: epoll where it is there, else the JDK's.
 *
 * <p>Threads: safe for use by many threads.
 *
 * @param group of daemon threads
 * @param socket for connections that are made
 * @param server for ports that are listened at
 */
public record NetLoops(
    MultiThreadIoEventLoopGroup group,
    Class<? extends SocketChannel> socket,
    Class<? extends ServerChannel> server)
    implements AutoCloseable {
  private static final long CLOSE_SECONDS = 3;

  /**
   * Starts loops.
   *
   * @param name of their threads
   */
  public static NetLoops create(int threads, String name) {
    ThreadFactory factory = new DefaultThreadFactory(name, true);
    return Epoll.isAvailable()
        ? new NetLoops(
            new MultiThreadIoEventLoopGroup(threads, factory, EpollIoHandler.newFactory()),
            EpollSocketChannel.class,
            EpollServerSocketChannel.class)
        : new NetLoops(
            new MultiThreadIoEventLoopGroup(threads, factory, NioIoHandler.newFactory()),
            NioSocketChannel.class,
            NioServerSocketChannel.class);
  }

  /** Closes what is open on them, and ends the threads; waits a few seconds at most. */
  @Override
  public void close() {
    group
        .shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
