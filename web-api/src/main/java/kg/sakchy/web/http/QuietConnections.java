package kg.sakchy.web.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kg.sakchy.core.time.VmsClock;

/**
 * Closes connections that hold a place and ask for nothing. A request that does not become whole
 * (its head comes byte by byte) is none: idle timeouts do not see that.
 *
 * <p>Threads: each connection on its event loop; {@link #look} from any.
 */
public final class QuietConnections implements Handler<RoutingContext> {
  private final VmsClock clock;
  private final long quietNanos;
  private final Map<HttpConnection, Requests> open = new ConcurrentHashMap<>();

  /** What is under way on a connection. */
  private static final class Requests {
    private int underWay;
    private long quietSince;

    Requests(long now) {
      quietSince = now;
    }

    synchronized void begin() {
      underWay++;
    }

    synchronized void end(long now) {
      underWay--;
      quietSince = now;
    }

    synchronized boolean quietFor(long nanos, long now) {
      return underWay == 0 && now - quietSince > nanos;
    }
  }

  /**
   * @param quiet after which a connection without a request is closed
   */
  public QuietConnections(VmsClock clock, Duration quiet) {
    this.clock = clock;
    quietNanos = quiet.toNanos();
  }

  /** A connection is there; TLS is agreed upon. */
  public void opened(HttpConnection connection) {
    open.put(connection, new Requests(clock.nanoTime()));
    connection.closeHandler(closed -> open.remove(connection));
  }

  @Override
  public void handle(RoutingContext context) {
    Requests requests = open.get(context.request().connection());
    if (requests != null) {
      requests.begin();
      context.addEndHandler(
          ended -> {
            // What became a socket is under way until the connection is closed.
            if (!(SocketUpgrade.isAsked(context.request())
                && context.get(HttpMetrics.LASTING, false))) {
              requests.end(clock.nanoTime());
            }
          });
    }
    context.next();
  }

  /** Closes those that are quiet for too long. */
  public void look() {
    long now = clock.nanoTime();
    open.forEach(
        (connection, requests) -> {
          if (requests.quietFor(quietNanos, now)) {
            connection.close();
          }
        });
  }
}
