package kg.sakchy.sim.net;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The event loop and the kinds of channel that fit it: epoll where it is there, else the JDK's.
 *
 * @param group of one thread
 */
public record SimLoop(
    EventLoopGroup group,
    Class<? extends ServerChannel> serverChannel,
    Class<? extends SocketChannel> clientChannel,
    Class<? extends DatagramChannel> datagramChannel) {
  private static final long CLOSE_SECONDS = 5;

  /** A loop of one daemon thread. */
  public static SimLoop create() {
    ThreadFactory threads = new DefaultThreadFactory("camera-sim", true);
    return Epoll.isAvailable()
        ? new SimLoop(
            new MultiThreadIoEventLoopGroup(1, threads, EpollIoHandler.newFactory()),
            EpollServerSocketChannel.class,
            EpollSocketChannel.class,
            EpollDatagramChannel.class)
        : new SimLoop(
            new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory()),
            NioServerSocketChannel.class,
            NioSocketChannel.class,
            NioDatagramChannel.class);
  }

  /** Ends the thread; what is under way gets a moment. */
  public void close() {
    group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
