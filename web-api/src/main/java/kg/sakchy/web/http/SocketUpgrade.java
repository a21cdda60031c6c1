package kg.sakchy.web.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;

/**
 * Turns requests into sockets, so many at a time (RFC 6455 §4.2).
 *
 * <p>Threads: on the event loop. Closing sends every client away.
 */
final class SocketUpgrade implements AutoCloseable {
  private static final int GOING_AWAY = 1001;
  private static final int POLICY_VIOLATION = 1008;

  private final Vertx vertx;
  private final LiveLimits limits;
  private final LastingCalls lasting;
  private final HttpMetrics metrics;
  private final VmsClock clock;
  private final Set<JsonSocket> open = ConcurrentHashMap.newKeySet();

  SocketUpgrade(
      Vertx vertx, LiveLimits limits, LastingCalls lasting, HttpMetrics metrics, VmsClock clock) {
    this.vertx = vertx;
    this.limits = limits;
    this.lasting = lasting;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Whether a request asks for a socket. */
  static boolean isAsked(HttpServerRequest request) {
    return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
  }

  /**
   * The end of a request must not be missed while the contract is checked elsewhere: the upgrade
   * waits for it.
   */
  static Handler<RoutingContext> hold() {
    return context -> {
      if (isAsked(context.request())) {
        context.request().pause();
        context.addEndHandler(ended -> context.request().resume());
      }
      context.next();
    };
  }

  /** Makes a socket of the request and lets {@code operation} go on with it. */
  void upgrade(Admitted admitted, SocketOperation operation) {
    RoutingContext context = admitted.context();
    HttpServerRequest request = context.request();
    if (!isAsked(request)) {
      AnswerWriter.write(
          context,
          new Problem(
              HttpFault.UPGRADE_REQUIRED,
              "this address takes only WebSocket connections",
              List.of(),
              request.version() == HttpVersion.HTTP_2
                  ? Map.of() // which has no such fields (RFC 9113 §8.2.2)
                  : Map.of("Upgrade", "websocket", "Connection", "Upgrade")));
      return;
    }
    if (metrics.sockets().incrementAndGet() > limits.sockets()) {
      metrics.sockets().decrementAndGet();
      throw new VmsException(
          ErrorKind.RESOURCE_EXHAUSTED, "the server has too many sockets open; try again");
    }
    context.put(HttpMetrics.LASTING, true);
    request.resume();
    request
        .toWebSocket()
        .onSuccess(
            socket -> {
              JsonSocket begun = new JsonSocket(vertx, socket, limits, metrics, clock);
              open.add(begun);
              Runnable over =
                  lasting.watch(
                      admitted.operation(),
                      admitted.call(),
                      () -> begun.close(POLICY_VIOLATION, LastingCalls.ENDED));
              begun.begin(
                  admitted.call(),
                  operation,
                  () -> {
                    over.run();
                    open.remove(begun);
                    metrics.sockets().decrementAndGet();
                  });
            })
        .onFailure(
            e -> {
              metrics.sockets().decrementAndGet();
              context.fail(
                  new VmsException(
                      ErrorKind.INVALID_ARGUMENT, "not a WebSocket handshake of RFC 6455", e));
            });
  }

  @Override
  public void close() {
    open.forEach(socket -> socket.close(GOING_AWAY, "the server is stopping"));
  }
}
