package kg.sakchy.web;

import static kg.sakchy.web.TestServer.GATE_MAIN;
import static kg.sakchy.web.TestServer.header;
import static kg.sakchy.web.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLSocket;
import kg.sakchy.core.ExternalTool;
import kg.sakchy.core.SampleCertificate;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.core.tls.CurrentCertificate;
import kg.sakchy.core.tls.KeyedCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The web server over TLS, with clients that nobody here wrote. */
class TlsTest {
  private static final int RUNS = 100;
  private static final String NULL = "/dev/null";
  private final CurrentCertificate certificate =
      SampleCertificate.current("localhost,vms.example.kg");
  private final TestServer server = TestServer.startEncrypted(certificate);

  @AfterEach
  void close() {
    server.close();
  }

  /** What curl writes out of the answer to a request. */
  private String curl(String format, String path, String... more) throws Exception {
    String[] arguments = new String[more.length + 6];
    arguments[0] = "-sk";
    arguments[1] = "-o";
    arguments[2] = NULL;
    arguments[3] = "-w";
    arguments[4] = format;
    arguments[5] = server.root() + path;
    System.arraycopy(more, 0, arguments, 6, more.length);
    return ExternalTool.require("curl").run(arguments);
  }

  @Test
  void bothVersionsOfHttpAreSpoken() throws Exception {
    HttpResponse<byte[]> answer = server.get("/healthz");
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Strict-Transport-Security")).isEqualTo("max-age=31536000");
    String said = "%{http_version} %{response_code}";
    assertThat(curl(said, "/healthz")).isEqualTo("2 200");
    assertThat(curl(said, "/healthz", "--http1.1")).isEqualTo("1.1 200");
  }

  @Test
  void aSessionIsKeptInACookieThatOnlyTlsCarries() {
    SignedIn aida = SignedIn.at(server, "aida");
    assertThat(aida.cookie()).startsWith("__Host-sakchy=");
    HttpResponse<byte[]> who = server.send(aida.request("/api/v1/session"));
    assertThat(who.statusCode()).isEqualTo(200);
    assertThat(text(who)).contains("Person aida");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http1.1", "--http2"})
  void onlyItsOwnNamesAreAnswered(String version) throws Exception {
    String said = "%{response_code}";
    assertThat(curl(said, "/healthz", version, "-H", "Host: VMS.example.kg")).isEqualTo("200");
    assertThat(curl(said, "/healthz", version, "-H", "Host: evil.example")).isEqualTo("421");
  }

  @Test
  void aSocketThatWasNotAskedForIsRefusedInWords() throws Exception {
    SignedIn aida = SignedIn.at(server, "aida");
    server.send(
        aida.json("/api/v1/cameras", "POST", "{\"id\":\"gate\",\"url\":\"rtsp://10.0.0.7/1\"}"));
    HttpResponse<byte[]> answer = server.send(aida.request("/api/v1/cameras/gate/ptz/socket"));
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(answer.statusCode()).isEqualTo(426);
    assertThat(text(answer)).contains("WebSocket");
  }

  @Test
  void oldVersionsOfTlsAreRefused() throws Exception {
    ExternalTool openssl = ExternalTool.require("openssl");
    assertThat(handshake(openssl, "-tls1_2")).contains("Protocol: TLSv1.2");
    assertThat(handshake(openssl, "-tls1_3")).contains("Protocol: TLSv1.3");
    for (String old : new String[] {"-tls1", "-tls1_1"}) {
      assertThat(handshake(openssl, old)).doesNotContain("Protocol: TLSv1");
    }
  }

  /** What openssl says about a handshake with all the weakness that it has. */
  private String handshake(ExternalTool openssl, String version) throws Exception {
    Process process =
        new ProcessBuilder(
                openssl.path().toString(),
                "s_client",
                "-brief",
                "-connect",
                "127.0.0.1:" + server.port(),
                version,
                "-cipher",
                "ALL:@SECLEVEL=0")
            .redirectErrorStream(true)
            .redirectInput(Path.of(NULL).toFile())
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said.replace("Protocol version", "Protocol");
  }

  @Test
  void anotherCertificateIsShownToTheNextWhoComes() throws IOException {
    assertThat(shown()).isEqualTo(certificate.get().certificate());
    KeyedCertificate next = SampleCertificate.of("localhost", Duration.ofDays(2));
    certificate.replace(next);
    assertThat(shown()).isEqualTo(next.certificate());
    assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
  }

  private X509Certificate shown() throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            SampleCertificate.trustingAll()
                .getSocketFactory()
                .createSocket("127.0.0.1", server.port())) {
      socket.setSoTimeout(20_000);
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  /** Sixteen tiles share a connection: what breaks for one must not end the others. */
  @Test
  void anAnswerThatBreaksOnTheWayEndsItsStreamOnly() {
    SignedIn aida = SignedIn.at(server, "aida");
    server.send(
        aida.json("/api/v1/cameras", "POST", "{\"id\":\"gate\",\"url\":\"rtsp://10.0.0.7/1\"}"));
    Instant start = TestServer.NOW.minus(Duration.ofHours(1));
    RecordedRun last = RecordedRun.cut(GATE_MAIN, "run.mp4", start, 1, 12);
    server.archive.add(last);
    for (int i = 1; i < RUNS; i++) {
      last = RecordedRun.cut(GATE_MAIN, "run.mp4", start.plusSeconds(12L * i), i + 1, 12);
      server.archive.add(last);
    }
    server.archive.lose(last.segments().getFirst());
    try (EventReader other = new EventReader(server.open(aida.request("/api/v1/events/stream")))) {
      HttpResponse<InputStream> download =
          server.open(
              aida.request(
                  "/api/v1/cameras/gate/video.mp4?from=%s&to=%s"
                      .formatted(start, start.plusSeconds(12L * RUNS))));
      assertThat(download.statusCode()).isEqualTo(200);
      assertThatThrownBy(() -> download.body().readAllBytes()).isInstanceOf(IOException.class);
      server.events.append(List.of(EventsTest.event("gate", EventKind.MOTION, 1)));
      assertThat(other.require().data().getString("kind")).isEqualTo("motion");
    }
  }

  @Test
  void aBrowserSignsInAndStaysInByHttp2() {
    server.accounts.person("aida");
    try (ChromiumPlayer browser = ChromiumPlayer.start()) {
      Page page = browser.page();
      page.navigate(server.root() + "/?lang=en");
      page.fill("input[name=name]", "aida");
      page.fill("#password input[name=password]", TestAccounts.PASSWORD);
      page.click("#password button");
      page.waitForSelector("sakchy-top-bar .who:text-is('Person aida')");
      assertThat(page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol"))
          .isEqualTo("h2");
      assertThat(page.context().cookies())
          .allSatisfy(cookie -> assertThat(cookie.name).isEqualTo("__Host-sakchy"))
          .hasSize(1);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void whoDoesNotEncryptGetsNothing() throws IOException {
    try (RawConnection clear = new RawConnection(server.port())) {
      clear.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(clear.readToEnd()).isLessThan(100);
    }
  }
}
