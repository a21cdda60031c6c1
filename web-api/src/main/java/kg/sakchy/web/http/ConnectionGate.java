package kg.sakchy.web.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import kg.sakchy.core.limit.AddressKey;
import kg.sakchy.core.limit.ConnectionCount;

/**
 * Counts connections from the moment they are accepted until they are closed, and says which are
 * too many.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class ConnectionGate {
  private final ConnectionCount others;
  private final ConnectionCount local;
  private final int most;
  private final MeterRegistry registry;

  public ConnectionGate(ConnectionLimits limits, MeterRegistry registry) {
    most = limits.connections();
    others = new ConnectionCount(most, limits.perAddress());
    local = new ConnectionCount(most, limits.perLocalAddress());
    this.registry = registry;
    Gauge.builder("sakchy_web_connections_active", this, ConnectionGate::open)
        .description("Connections of web clients")
        .strongReference(true)
        .register(registry);
  }

  private int open() {
    return others.open() + local.open();
  }

  /** Counts a connection until it is closed; false, and nothing counted, if it is too many. */
  boolean letIn(SocketChannel connection) {
    InetSocketAddress from = connection.remoteAddress();
    if (from == null) {
      return false; // gone already
    }
    InetAddress address = from.getAddress();
    ConnectionCount count = address.isLoopbackAddress() ? local : others;
    String key = AddressKey.of(address.getHostAddress());
    if (open() >= most) {
      return refused("connections");
    }
    return switch (count.enter(key)) {
      case TOO_MANY -> refused("connections");
      case TOO_MANY_OF_ADDRESS -> refused("address");
      case TAKEN -> {
        connection.closeFuture().addListener(closed -> count.leave(key));
        yield true;
      }
    };
  }

  private boolean refused(String reason) {
    Counter.builder("sakchy_web_refused_connections")
        .tag("reason", reason)
        .description("Connections closed as they came, because there were too many")
        .register(registry)
        .increment();
    return false;
  }
}
