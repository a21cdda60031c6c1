package kg.sakchy.onvif.soap;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.security.CertificatePins;

/**
 * HTTP/1.1 to all cameras. A connection the camera keeps open is used again for a few seconds, at
 * most two an endpoint: a probe of ten requests costs two connections, and an idle camera none.
 *
 * <p>Requests that must not be executed twice always get a connection of their own: on a kept one,
 * nobody could tell whether the camera hung up before or after it had read the request.
 *
 * <p>Threads: safe for use by many threads; {@link #exchange} blocks and is meant for virtual
 * threads. Interrupting the thread ends the exchange.
 */
public final class SoapTransport implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final VmsClock clock;
  private final HttpDialer dialer;
  private final KeptConnections kept = new KeptConnections();

  /**
   * @param threads event loops; one carries thousands of cameras
   */
  public SoapTransport(int threads, VmsClock clock, CertificatePins pins) {
    this.clock = clock;
    dialer = new HttpDialer(threads, pins);
  }

  /**
   * Sends a request and waits for the whole answer, whatever its status.
   *
   * @throws VmsException UNAVAILABLE, TIMEOUT, DATA_LOSS (no HTTP, or too long), PERMISSION_DENIED
   *     (another certificate), CANCELLED (interrupted)
   */
  HttpAnswer exchange(HttpPost post) {
    long deadline = clock.nanoTime() + post.timeout().toNanos();
    KeptConnections.Key key = new KeptConnections.Key(Endpoint.of(post.address()), post.peer());
    HttpConnection old = post.repeatable() ? kept.take(key) : null;
    if (old != null) {
      try {
        return on(old, key, post, deadline);
      } catch (VmsException e) {
        if (e.kind() != ErrorKind.UNAVAILABLE || old.answered()) {
          throw e;
        }
      }
    }
    Duration connecting = min(CONNECT_TIMEOUT, left(deadline));
    return on(dialer.dial(key.endpoint(), post.peer(), connecting), key, post, deadline);
  }

  private HttpAnswer on(
      HttpConnection connection, KeptConnections.Key key, HttpPost post, long deadline) {
    CompletableFuture<HttpAnswer> answer = connection.exchange(post);
    try {
      HttpAnswer whole = answer.get(left(deadline).toNanos(), TimeUnit.NANOSECONDS);
      kept.put(key, connection);
      return whole;
    } catch (ExecutionException e) {
      connection.close();
      throw NetworkErrors.of(e.getCause() == null ? e : e.getCause(), key.endpoint());
    } catch (TimeoutException e) {
      connection.close();
      throw new VmsException(
          ErrorKind.TIMEOUT,
          connection.answered()
              ? key.endpoint() + " did not finish its answer in time"
              : key.endpoint() + " did not answer in time",
          e);
    } catch (InterruptedException e) {
      connection.close();
      Thread.currentThread().interrupt();
      throw new VmsException(ErrorKind.CANCELLED, "the call was given up", e);
    }
  }

  private Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1, deadline - clock.nanoTime()));
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  @Override
  public void close() {
    dialer.close();
  }
}
