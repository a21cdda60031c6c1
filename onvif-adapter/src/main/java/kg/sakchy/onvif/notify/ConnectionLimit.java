package kg.sakchy.onvif.notify;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Closes connections that come while too many are open, in all or from one host.
 *
 * <p>Threads: confined to the server's only event loop.
 */
@ChannelHandler.Sharable
final class ConnectionLimit extends ChannelInboundHandlerAdapter {
  /** With bodies of the largest size, 32 MiB. */
  static final int MOST = 128;

  /** Behind address translation several cameras are one host. */
  static final int MOST_FROM_ONE_HOST = 8;

  private final AtomicLong refused;
  private final Map<InetAddress, Integer> open = new HashMap<>();
  private int count;

  /**
   * @param refused counts what is closed
   */
  ConnectionLimit(AtomicLong refused) {
    this.refused = refused;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    InetAddress host = host(context);
    if (count >= MOST || open.getOrDefault(host, 0) >= MOST_FROM_ONE_HOST) {
      refused.incrementAndGet();
      context.close();
      return;
    }
    count++;
    open.merge(host, 1, Integer::sum);
    context
        .channel()
        .closeFuture()
        .addListener(
            closed -> {
              count--;
              open.computeIfPresent(host, (_, left) -> left > 1 ? left - 1 : null);
            });
    context.fireChannelActive();
  }

  /** Where a connection comes from. */
  static InetAddress host(ChannelHandlerContext context) {
    return ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
  }
}
