package kg.sakchy.gateway.transport;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Turns host names into addresses without holding up an event loop: the system's name service
 * blocks, for seconds when it is down, so it is asked on virtual threads.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class HostResolver implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * The address to dial. Completes at once for a literal address, else on another thread.
   *
   * @param host name, IPv4 address, or IPv6 address with or without brackets
   * @return fails with {@link UnknownHostException}
   */
  public CompletableFuture<InetSocketAddress> resolve(String host, int port) {
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
    if (literal != null) {
      try {
        return CompletableFuture.completedFuture(
            new InetSocketAddress(InetAddress.getByAddress(literal), port));
      } catch (UnknownHostException e) {
        return CompletableFuture.failedFuture(e);
      }
    }
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
          } catch (UnknownHostException e) {
            throw new CompletionException(e);
          }
        },
        threads);
  }

  /** Does not wait for look-ups under way; nobody wants their answers. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
