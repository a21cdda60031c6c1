package kg.sakchy.web;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.ext.web.Router;
import java.net.BindException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.config.HttpConfig;
import kg.sakchy.core.config.ListenAddress;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.tls.CurrentCertificate;
import kg.sakchy.web.http.BoundedTransport;
import kg.sakchy.web.http.ConnectionGate;
import kg.sakchy.web.http.ConnectionLimits;
import kg.sakchy.web.http.ContractRouter;
import kg.sakchy.web.http.HttpLimits;
import kg.sakchy.web.http.OwnNames;
import kg.sakchy.web.http.Permission;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web server: HTTP/1.1, and with a certificate HTTP/1.1 and HTTP/2 over TLS. Without one it
 * listens on loopback only, unless the configuration says otherwise.
 *
 * <p>Threads: started and closed from any thread but an event loop; both block. Owns its event
 * loops and threads; the ports stay the caller's.
 */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final int EVENT_LOOPS = 2;
  private static final int WORKERS = 4;
  private static final long CLOSE_SECONDS = 10;
  private static final long HANDSHAKE_SECONDS = 10;

  /** Requests at a time on one connection: a wall of 64 tiles waits for some of each. */
  private static final long STREAMS = 256;

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
   * @param certificate for TLS, or null to do without
   * @throws VmsException FAILED_PRECONDITION when {@code http.host} is not a loopback address and
   *     nothing is encrypted, or the port is taken; the message is one sentence for the person who
   *     starts the server
   */
  public static WebServer start(
      HttpConfig config, @Nullable CurrentCertificate certificate, WebPorts ports) {
    return start(
        config,
        certificate,
        ports,
        HttpLimits.DEFAULTS.with(ConnectionLimits.DEFAULTS.withConnections(config.connections())));
  }

  static WebServer start(
      HttpConfig config,
      @Nullable CurrentCertificate certificate,
      WebPorts ports,
      HttpLimits limits) {
    if (certificate == null) {
      requireLoopback(config);
    }
    WebRoutes routes = new WebRoutes(new OwnNames(config.hostNames(), certificate), ports);
    Permission permission = routes.permission();
    WebPorts.Server given = ports.server();
    Vertx vertx =
        Vertx.builder()
            .with(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS).setWorkerPoolSize(WORKERS))
            .withTransport(
                new BoundedTransport(new ConnectionGate(limits.connections(), given.metrics())))
            .build();
    ContractRouter contractRouter =
        new ContractRouter(vertx, limits, permission, given.metrics(), given.clock());
    try {
      Router router = routes.build(contractRouter);
      HttpServer server =
          vertx
              .createHttpServer(options(limits, certificate))
              .connectionHandler(contractRouter::opened)
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

  private static HttpServerOptions options(
      HttpLimits limits, @Nullable CurrentCertificate certificate) {
    HttpServerOptions options = options(limits);
    return certificate == null
        ? options
        : options
            .setSsl(true)
            .setSslEngineOptions(new JdkSSLEngineOptions())
            .setKeyCertOptions(KeyCertOptions.wrap(certificate))
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
            .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
            .setUseAlpn(true)
            .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
            .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(STREAMS));
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

  private static void requireLoopback(HttpConfig config) {
    if (ListenAddress.isLoopback("http.host", config.host())) {
      return;
    }
    if (!config.insecure()) {
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION,
          "http.host is "
              + config.host()
              + ", but what is not encrypted is served on a loopback address only;"
              + " set tls.mode, or http.host to 127.0.0.1, or http.insecure if you must");
    }
    LOG.warn(
        "the web server on {} is not encrypted: passwords and pictures can be read on the way",
        config.host());
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
