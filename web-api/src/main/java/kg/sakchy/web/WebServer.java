package kg.sakchy.web;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.config.HttpConfig;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.web.http.ContractRouter;
import kg.sakchy.web.http.HttpLimits;
import kg.sakchy.web.http.Permission;

/**
 * The web server. Listens on loopback only: nothing it says is encrypted.
 *
 * <p>Threads: started and closed from any thread but an event loop; both block. Owns its event
 * loops and threads; the ports stay the caller's.
 */
public final class WebServer implements AutoCloseable {
  private static final int EVENT_LOOPS = 2;
  private static final int WORKERS = 4;
  private static final long CLOSE_SECONDS = 10;
  private static final int SOCKET_CLOSE_SECONDS = 2;

  private final Vertx vertx;
  private final ContractRouter router;
  private final WebRoutes routes;
  private final HttpServer server;

  private WebServer(Vertx vertx, ContractRouter router, WebRoutes routes, HttpServer server) {
    this.vertx = vertx;
    this.router = router;
    this.routes = routes;
    this.server = server;
  }

  /**
   * Starts to answer.
   *
   * @throws VmsException FAILED_PRECONDITION when {@code http.host} is not a loopback address or
   *     the port is taken; the message is one sentence for the person who starts the server
   */
  public static WebServer start(HttpConfig config, WebPorts ports) {
    return start(config, ports, HttpLimits.DEFAULTS);
  }

  static WebServer start(HttpConfig config, WebPorts ports, HttpLimits limits) {
    requireLoopback(config.host());
    WebRoutes routes = new WebRoutes(ports);
    Permission permission = routes.permission();
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS).setWorkerPoolSize(WORKERS));
    WebPorts.Server given = ports.server();
    ContractRouter contractRouter =
        new ContractRouter(vertx, limits, permission, given.metrics(), given.clock());
    try {
      Router router = routes.build(contractRouter);
      HttpServer server =
          vertx
              .createHttpServer(options(limits))
              .invalidRequestHandler(ContractRouter::refuse)
              .requestHandler(router)
              .listen(config.port(), config.host())
              .toCompletionStage()
              .toCompletableFuture()
              .join();
      return new WebServer(vertx, contractRouter, routes, server);
    } catch (RuntimeException e) {
      routes.close();
      contractRouter.close();
      vertx.close();
      throw startFailure(e, config);
    }
  }

  private static HttpServerOptions options(HttpLimits limits) {
    return new HttpServerOptions()
        .setMaxHeaderSize(limits.headerBytes())
        .setMaxInitialLineLength(limits.requestLineBytes())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setIdleTimeout((int) limits.idle().toMillis())
        .setMaxWebSocketFrameSize(limits.live().messageBytes())
        .setMaxWebSocketMessageSize(limits.live().messageBytes())
        // Pictures are compressed already.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setWebSocketClosingTimeout(SOCKET_CLOSE_SECONDS)
        .setHttp2ClearTextEnabled(false);
  }

  private static void requireLoopback(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          throw new VmsException(
              ErrorKind.FAILED_PRECONDITION,
              "http.host is "
                  + host
                  + ", but what is not encrypted is served on a loopback address only;"
                  + " set 127.0.0.1");
        }
      }
    } catch (UnknownHostException e) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "http.host: there is no address for " + host, e);
    }
  }

  private static VmsException startFailure(RuntimeException failure, HttpConfig config) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause instanceof BindException
        ? new VmsException(
            ErrorKind.FAILED_PRECONDITION,
            "another program listens on port %d of %s already; stop it or set another http.port"
                .formatted(config.port(), config.host()),
            cause)
        : new VmsException(ErrorKind.INTERNAL, "the web server cannot start", failure);
  }

  /** The port it listens on, also when the configuration said 0. */
  public int port() {
    return server.actualPort();
  }

  /** Ends requests under way, at the latest after some seconds. Idempotent. */
  @Override
  public void close() {
    routes.close();
    router.close();
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
        .exceptionally(late -> null)
        .join();
  }
}
