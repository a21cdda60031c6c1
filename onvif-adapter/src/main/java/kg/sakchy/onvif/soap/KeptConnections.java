package kg.sakchy.onvif.soap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Connections that cameras keep open after an answer, for a few seconds, at most two a camera.
 *
 * <p>Threads: safe for use by many threads.
 */
final class KeptConnections {
  private static final int MAX_KEPT = 2;

  /** Shorter than the patience of every camera known to us, the shortest being 5 seconds. */
  private static final long KEEP_MILLIS = 4_000;

  private final Map<Key, Deque<HttpConnection>> idle = new ConcurrentHashMap<>();

  /**
   * Connections are never shared between cameras, though two may sit behind one address.
   *
   * @param peer what the certificate is pinned under
   */
  record Key(Endpoint endpoint, String peer) {}

  /** A connection to use and then to {@link #put} back, or null. */
  @Nullable HttpConnection take(Key key) {
    List<HttpConnection> taken = new ArrayList<>(1);
    idle.computeIfPresent(
        key,
        (_, waiting) -> {
          while (taken.isEmpty() && !waiting.isEmpty()) {
            HttpConnection last = waiting.removeLast();
            if (last.reusable()) {
              taken.add(last);
            }
          }
          return waiting.isEmpty() ? null : waiting;
        });
    return taken.isEmpty() ? null : taken.getFirst();
  }

  /** Keeps a connection whose exchange is over, or closes it. */
  void put(Key key, HttpConnection connection) {
    if (!connection.reusable()) {
      connection.close();
      return;
    }
    idle.compute(
        key,
        (_, present) -> {
          Deque<HttpConnection> waiting = present == null ? new ArrayDeque<>(MAX_KEPT) : present;
          if (waiting.size() < MAX_KEPT) {
            waiting.addLast(connection);
            connection.whenIdleFor(KEEP_MILLIS, () -> drop(key, connection));
          } else {
            connection.close();
          }
          return waiting;
        });
  }

  private void drop(Key key, HttpConnection connection) {
    idle.computeIfPresent(
        key,
        (_, waiting) -> {
          if (waiting.remove(connection)) {
            connection.close();
          }
          return waiting.isEmpty() ? null : waiting;
        });
  }
}
