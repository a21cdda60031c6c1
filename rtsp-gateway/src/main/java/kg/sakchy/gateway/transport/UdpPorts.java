package kg.sakchy.gateway.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.DatagramChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.gateway.failure.Failure;

/**
 * Finds pairs of neighbouring UDP ports, an even one for RTP and the next for RTCP (RFC 3550 §11).
 *
 * <p>Threads: safe for use by many threads; answers come on the loop that is given.
 */
public final class UdpPorts {
  private static final int ATTEMPTS = 32;

  /** Asked of the kernel, so that a burst survives a pause of ours; it may grant less. */
  private static final int KERNEL_BUFFER_BYTES = 1 << 20;

  /** RTP over UDP fits an Ethernet frame; with epoll, one system call reads many datagrams. */
  private static final int DATAGRAM_BYTES = 2048;

  private static final int DATAGRAMS_PER_READ = 32;

  private final EventLoops loops;
  private final VmsClock clock;

  public UdpPorts(EventLoops loops, VmsClock clock) {
    this.loops = loops;
    this.clock = clock;
  }

  /** Takes the answer. */
  public interface Answer {
    void bound(UdpPath path);

    void failed(Failure failure);
  }

  /**
   * Binds a pair.
   *
   * @param local the address that the camera sees
   */
  public void bind(InetAddress local, IngestLoop loop, Answer answer) {
    attempt(local, loop, answer, ATTEMPTS);
  }

  private void attempt(InetAddress local, IngestLoop loop, Answer answer, int attemptsLeft) {
    if (attemptsLeft == 0) {
      answer.failed(
          Failure.network(ErrorKind.RESOURCE_EXHAUSTED, "no free pair of UDP ports on " + local));
      return;
    }
    whenBound(
        bind(loop, new InetSocketAddress(local, 0)),
        rtp -> {
          int port = ((InetSocketAddress) rtp.localAddress()).getPort();
          if (port % 2 != 0 || port == 0) {
            rtp.close();
            attempt(local, loop, answer, attemptsLeft - 1);
            return;
          }
          whenBound(
              bind(loop, new InetSocketAddress(local, port + 1)),
              rtcp -> answer.bound(new UdpPath(rtp, rtcp, clock)),
              () -> {
                rtp.close();
                attempt(local, loop, answer, attemptsLeft - 1);
              });
        },
        () -> attempt(local, loop, answer, attemptsLeft - 1));
  }

  private interface Bound {
    void bound(Channel channel);
  }

  private static void whenBound(ChannelFuture binding, Bound then, Runnable otherwise) {
    binding.addListener(
        result -> {
          if (result.isSuccess()) {
            then.bound(binding.channel());
          } else {
            otherwise.run();
          }
        });
  }

  private ChannelFuture bind(IngestLoop loop, InetSocketAddress local) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop.executor())
            .channel(loops.datagramChannel())
            .option(ChannelOption.ALLOCATOR, loops.allocator())
            .option(ChannelOption.SO_RCVBUF, KERNEL_BUFFER_BYTES)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(DATAGRAM_BYTES * DATAGRAMS_PER_READ))
            .handler(
                new ChannelInitializer<DatagramChannel>() {
                  @Override
                  protected void initChannel(DatagramChannel channel) {
                    // UdpPath adds its handlers when both ports are bound
                  }
                });
    if (loops.isEpoll()) {
      bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_BYTES);
    }
    return bootstrap.bind(local);
  }
}
