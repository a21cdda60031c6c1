package kg.sakchy.gateway.server.session;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import kg.sakchy.gateway.server.delivery.ServerMetrics;

/**
 * Counts connections and turns away those that are too many. Threads: safe for use by many threads.
 */
public final class ConnectionCount {
  private final int most;
  private final int mostPerAddress;
  private final ServerMetrics metrics;
  private final ConcurrentHashMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

  public ConnectionCount(ServerLimits limits, ServerMetrics metrics) {
    most = limits.connections();
    mostPerAddress = limits.perAddress();
    this.metrics = metrics;
  }

  /** Counts a connection; false, and nothing counted, if it is too many. */
  boolean enter(InetAddress address) {
    if (metrics.connections().incrementAndGet() > most) {
      metrics.connections().decrementAndGet();
      metrics.refused("connections");
      return false;
    }
    if (byAddress.merge(address, 1, Integer::sum) > mostPerAddress) {
      leave(address);
      metrics.refused("address");
      return false;
    }
    return true;
  }

  /** A counted connection is gone. */
  void leave(InetAddress address) {
    metrics.connections().decrementAndGet();
    byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
  }
}
