package kg.sakchy.gateway.webrtc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import kg.sakchy.core.ExternalTool;

/**
 * Chromium with {@code player.html}, which says what it saw. Threads: each run is its own browser.
 */
final class Chromium {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Path folder;
  private final UnaryOperator<String> answer;
  private final Runnable end;

  /**
   * @param folder for the profile
   * @param answer makes an answer of an offer
   * @param end ends all sessions, when the page asks for it
   */
  Chromium(Path folder, UnaryOperator<String> answer, Runnable end) {
    this.folder = folder;
    this.answer = answer;
    this.end = end;
  }

  /** Opens the page with a query, and returns the JSON it tells at the end. */
  String run(String query) throws IOException, InterruptedException {
    String program = ExternalTool.require("chromium").path().toString();
    CompletableFuture<String> result = new CompletableFuture<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> serve(exchange, result));
    server.start();
    Process browser =
        new ProcessBuilder(
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--mute-audio",
                "--autoplay-policy=no-user-gesture-required",
                "--allow-loopback-in-peer-connection",
                "--user-data-dir=" + folder.resolve("profile-" + server.getAddress().getPort()),
                "http://127.0.0.1:" + server.getAddress().getPort() + "/?" + query)
            .redirectErrorStream(true)
            .redirectOutput(new File("/dev/null"))
            .start();
    try {
      return result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the page told nothing", e);
    } finally {
      browser.destroy();
      browser.waitFor();
      server.stop(0);
    }
  }

  private void serve(HttpExchange exchange, CompletableFuture<String> result) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      switch (exchange.getRequestURI().getPath()) {
        case "/" -> reply(exchange, 200, "text/html", page());
        case "/whep" -> reply(exchange, 201, "application/sdp", answered(body));
        case "/end" -> {
          end.run();
          reply(exchange, 200, "text/plain", new byte[0]);
        }
        case "/result" -> {
          result.complete(body);
          reply(exchange, 200, "text/plain", new byte[0]);
        }
        default -> reply(exchange, 404, "text/plain", new byte[0]);
      }
    }
  }

  private byte[] answered(String offer) {
    return answer.apply(offer).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] page() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Chromium.class.getResourceAsStream("player.html"))) {
      return in.readAllBytes();
    }
  }

  private static void reply(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
