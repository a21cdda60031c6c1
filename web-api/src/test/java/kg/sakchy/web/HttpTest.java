package kg.sakchy.web;

import static kg.sakchy.web.TestServer.body;
import static kg.sakchy.web.TestServer.header;
import static kg.sakchy.web.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kg.sakchy.web.http.HttpLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Problems, limits and the fence around a server without accounts. */
class HttpTest {
  private TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private void restart(Duration call, int calls) {
    server.close();
    HttpLimits usual = HttpLimits.DEFAULTS;
    server =
        TestServer.start(
            new HttpLimits(
                usual.bodyBytes(),
                usual.headerBytes(),
                usual.requestLineBytes(),
                usual.idle(),
                call,
                calls,
                usual.downloads(),
                usual.stall(),
                usual.uploadBytes(),
                usual.uploads(),
                usual.unreadBytes(),
                usual.unreadBytesPerClient(),
                usual.connections(),
                usual.live()));
  }

  private String raw(String request) throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(request);
      return connection.readHead();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/nothing",
    "/api/v1/nothing",
    "/api/v1/cameras/gate/nothing",
    "/page.html",
    "/..%2f"
  })
  void unknownAddressesAreProblemsToo(String path) {
    HttpResponse<byte[]> answer = server.get(path);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    JsonObject problem = body(answer);
    assertThat(problem.getString("code")).isEqualTo("not-found");
    assertThat(problem.getString("type")).isEqualTo("urn:sakchy:problem:not-found");
  }

  @Test
  void aWrongMethodIsToldTheRightOnes() {
    HttpResponse<byte[]> answer = server.send(server.json("/api/v1/cameras", "PUT", "{}"));
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(header(answer, "Allow")).isEqualTo("GET, POST");
    assertThat(body(answer).getString("detail")).contains("GET, POST");
  }

  @Test
  void aBodyThatIsNotJsonIsOfTheWrongType() {
    HttpResponse<byte[]> answer =
        server.send(
            server
                .json("/api/v1/cameras", "POST", "url=rtsp://cam/1")
                .setHeader("Content-Type", "application/x-www-form-urlencoded"));
    assertThat(answer.statusCode()).isEqualTo(415);
  }

  @Test
  void aBodyHasALimit() {
    String large = "{\"url\":\"" + "x".repeat(HttpLimits.DEFAULTS.bodyBytes()) + "\"}";
    HttpResponse<byte[]> answer = server.send(server.json("/api/v1/cameras", "POST", large));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(body(answer).getString("code")).isEqualTo("invalid-argument");
  }

  @Test
  void deeplyNestedJsonIsRefused() {
    String deep = "{\"url\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}";
    HttpResponse<byte[]> answer = server.send(server.json("/api/v1/cameras", "POST", deep));
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "limit=1&limit=2, limit",
    "limt=1, limt",
    "limit=501, limit",
    "limit=1.5, limit",
    "limit=x, limit",
    "limit=99999999999999999999, limit",
    "after=A, after",
    "after=%zz, percent"
  })
  void wrongParametersAreNamed(String query, String named) throws IOException {
    HttpResponse<byte[]> answer;
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(
          "GET /api/v1/cameras?"
              + query
              + " HTTP/1.1\r\nHost: localhost\r\n"
              + "Connection: close\r\n\r\n");
      assertThat(connection.readHead()).startsWith("HTTP/1.1 400");
    }
    if (!query.contains("%")) {
      answer = server.get("/api/v1/cameras?" + query);
      assertThat(text(answer)).contains(named);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"attacker.example", "localhost.attacker.example", "10.0.0.1", "127.0.0.1.x", ""})
  void otherHostNamesGetNothing(String host) throws IOException {
    assertThat(raw("GET /api/v1/cameras HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
        .matches("(?s)HTTP/1.1 4(21|00).*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:9000", "127.0.0.1", "127.9.9.9:1", "[::1]:8080"})
  void thisMachineMayBeCalledByItsNames(String host) throws IOException {
    assertThat(raw("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://attacker.example",
    "Origin, null",
    "Origin, http://localhost:1",
    "Origin, :::",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site"
  })
  void pagesFromElsewhereChangeNothing(String name, String value) {
    server.addGate();
    HttpResponse<byte[]> refused =
        server.send(server.request("/api/v1/cameras/gate").DELETE().header(name, value));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(server.get("/api/v1/cameras/gate").statusCode()).isEqualTo(200);
  }

  @Test
  void theServersOwnPageMayChangeThings() {
    server.addGate();
    HttpResponse<byte[]> done =
        server.send(
            server
                .request("/api/v1/cameras/gate")
                .DELETE()
                .header("Origin", "http://127.0.0.1:" + server.port())
                .header("Sec-Fetch-Site", "same-origin"));
    assertThat(done.statusCode()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/healthz", "/nothing", "/api/v1/cameras?limit=0"})
  void everyAnswerIsFenced(String path) {
    HttpResponse<byte[]> answer = server.get(path);
    assertThat(header(answer, "Content-Security-Policy"))
        .startsWith("default-src 'none'")
        .doesNotContain("unsafe");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
  }

  @Test
  void longLinesAndHeadersAreRefused() throws IOException {
    assertThat(raw("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .matches("(?s)HTTP/1.. 414 .*");
    assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(40_000) + "\r\n\r\n"))
        .matches("(?s)HTTP/1.. 431 .*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\0\0\0\0\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "$\0\0\5\r\n\r\n"})
  void garbageIsAnsweredOrDropped(String garbage) throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(garbage);
      assertThat(connection.readToEnd()).isLessThan(5_000);
    }
    assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void aBodyThatNeverArrivesIsGivenUp() throws IOException {
    restart(Duration.ofMillis(300), 64);
    String head =
        raw(
            "POST /api/v1/cameras HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 500\r\n\r\n{");
    assertThat(head).startsWith("HTTP/1.1 408");
  }

  @Test
  void aPortThatHangsIsATimeoutAndTheServerLivesOn() {
    restart(Duration.ofMillis(300), 64);
    server.addGate();
    server.directoryFaults.hold();
    HttpResponse<byte[]> answer = server.get("/api/v1/cameras");
    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(body(answer).getString("code")).isEqualTo("timeout");
    assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
    assertThat(server.get("/metrics").statusCode()).isEqualTo(200);
    server.directoryFaults.mend();
    assertThat(server.get("/api/v1/cameras").statusCode()).isEqualTo(200);
  }

  @Test
  void aCrowdBehindAPortThatHangsIsToldToComeBack() {
    restart(Duration.ofSeconds(30), 4);
    server.addGate();
    server.directoryFaults.hold();
    List<CompletableFuture<Integer>> waiting = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      waiting.add(CompletableFuture.supplyAsync(() -> server.get("/api/v1/cameras").statusCode()));
    }
    Await.until("four calls hang", () -> server.directoryFaults.waiting() == 4);
    HttpResponse<byte[]> fifth = server.get("/api/v1/cameras");
    assertThat(fifth.statusCode()).isEqualTo(503);
    assertThat(body(fifth).getString("code")).isEqualTo("resource-exhausted");
    server.directoryFaults.mend();
    assertThat(waiting).allSatisfy(call -> assertThat(call.join()).isEqualTo(200));
  }

  @Test
  void problemsHaveTitlesInTheLanguageAskedFor() {
    HttpResponse<byte[]> kyrgyz =
        server.send(server.request("/nothing").header("Accept-Language", "ky"));
    assertThat(body(kyrgyz).getString("title")).isEqualTo("Табылган жок");
    assertThat(body(kyrgyz).getString("code")).isEqualTo("not-found");
  }

  @Test
  void requestsAreCounted() {
    server.get("/healthz");
    Await.until(
        "the request is counted",
        () -> text(server.get("/metrics")).contains("operation=\"getLiveness\",status=\"200\""));
  }
}
