package kg.sakchy.web.http;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What goes on after its request was let in: sockets, event streams, downloads. Each second it is
 * asked whether it still may, and ended if not: with the right, the session, the token or the
 * account of who called.
 *
 * <p>Threads: safe for use by many threads.
 */
final class LastingCalls implements AutoCloseable {
  /** What is said of something that is ended here. */
  static final String ENDED = "the right to this has ended";

  private static final long LOOK_MILLIS = 1_000;

  private final Vertx vertx;
  private final Permission permission;
  private final Set<Lasting> lasting = ConcurrentHashMap.newKeySet();
  private final long timer;

  LastingCalls(Vertx vertx, Permission permission) {
    this.vertx = vertx;
    this.permission = permission;
    timer = vertx.setPeriodic(LOOK_MILLIS, beat -> look());
  }

  /**
   * One of them.
   *
   * @param end called at most once, on any thread; quick
   */
  private record Lasting(String operation, Call call, Runnable end) {}

  /** Begins to watch; what is returned ends that, and is called when it is over by itself. */
  Runnable watch(String operation, Call call, Runnable end) {
    Lasting begun = new Lasting(operation, call, end);
    lasting.add(begun);
    return () -> lasting.remove(begun);
  }

  private void look() {
    for (Lasting each : List.copyOf(lasting)) {
      if (!permission.holds(each.operation(), each.call()) && lasting.remove(each)) {
        each.end().run();
      }
    }
  }

  @Override
  public void close() {
    vertx.cancelTimer(timer);
    lasting.clear();
  }
}
