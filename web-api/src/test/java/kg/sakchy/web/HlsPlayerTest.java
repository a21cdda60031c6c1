package kg.sakchy.web;

import static kg.sakchy.web.TestServer.GATE_MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.ExternalTool;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.recording.RecordingStatus;
import kg.sakchy.core.time.TimeRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * hls.js in headless Chromium, and ffmpeg, play a camera that sends in real time. The page comes
 * from another origin and has a token only, as a page of somebody else would.
 */
class HlsPlayerTest {
  private static final String HLS_JS = "/META-INF/resources/webjars/hls.js/1.4.12/dist/hls.js";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path profile;
  private final TestServer server = TestServer.start();
  private final LiveCamera camera = new LiveCamera(GATE_MAIN, server.clock, server.archive, true);
  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
  private final BlockingQueue<JsonObject> reports = new ArrayBlockingQueue<>(100);

  @BeforeEach
  void begin() {
    server.streams.set(GATE_MAIN, StatusTest.recording(RecordingStatus.State.RECORDING, null));
    server.views.put(camera);
    camera.seconds(30);
  }

  private void sendInRealTime() {
    var unused = pace.scheduleAtFixedRate(() -> camera.send(1), 0, 40, TimeUnit.MILLISECONDS);
    assertThat(unused.isDone()).isFalse();
  }

  @AfterEach
  void close() {
    pace.shutdownNow();
    server.close();
  }

  private String address(String query) {
    TimeRange all = new TimeRange(TestServer.NOW, TestServer.NOW.plusSeconds(7_200));
    String token =
        server.tokens.issue(
            new MediaGrant(
                TestServer.GATE,
                true,
                all,
                TestServer.NOW.plusSeconds(7_200),
                TestServer.OPERATOR.account()));
    return "http://127.0.0.1:%d/api/v1/cameras/gate/hls/main.m3u8?%stoken=%s"
        .formatted(server.port(), query, token);
  }

  @Test
  void hlsJsPlaysThePresentCloseToIt() throws Exception {
    sendInRealTime();
    JsonObject report = play(address(""), "live");
    assertThat(report.getString("fatal")).isNull();
    assertThat(report.getInteger("frames")).isGreaterThan(100);
    // Its own word, by the end of the playlist; a machine that is busy makes it hold back more.
    assertThat(report.getDouble("latency")).isLessThan(8);
  }

  @Test
  void hlsJsPlaysFromTheArchiveIntoThePresentOverAGap() throws Exception {
    camera.seconds(10);
    camera.breakFor(Duration.ofSeconds(5));
    camera.seconds(6);
    sendInRealTime();
    String from = "from=" + server.clock.now().minusSeconds(16) + "&";
    JsonObject report = play(address(from), "archive");
    assertThat(report.getString("fatal")).isNull();
    // It plays from the moment asked for at four times the speed until it has caught up.
    assertThat(report.getDouble("begun")).isLessThan(8);
    assertThat(report.getDouble("latency")).isLessThan(8);
    assertThat(report.getInteger("frames")).isGreaterThan(250);
  }

  @Test
  void ffmpegPlaysFromTheArchiveIntoThePresent() throws Exception {
    sendInRealTime();
    String out =
        ExternalTool.require("ffprobe")
            .run(
                "-v",
                "error",
                "-live_start_index",
                "0",
                "-read_intervals",
                "%+36",
                "-show_entries",
                "packet=pts_time",
                "-of",
                "csv=p=0",
                address("from=" + TestServer.NOW + "&"));
    double last = 0;
    int count = 0;
    for (String line : out.lines().toList()) {
      double time = Double.parseDouble(line.replace(",", ""));
      assertThat(count == 0 || Math.abs(time - last - 0.04) < 0.002)
          .as("%s after %s", time, last)
          .isTrue();
      last = time;
      count++;
    }
    assertThat(count).isGreaterThan(850);
  }

  /** Opens the page in Chromium and waits for what it reports. */
  private JsonObject play(String address, String mode) throws Exception {
    HttpServer pages =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    pages.createContext("/", exchange -> send(exchange, "text/html", resource("player.html")));
    pages.createContext("/hls.js", exchange -> send(exchange, "text/javascript", resource(HLS_JS)));
    pages.createContext("/report", this::report);
    pages.start();
    String page =
        "http://127.0.0.1:%d/#%s %s".formatted(pages.getAddress().getPort(), mode, address);
    Process chromium =
        new ProcessBuilder(
                ExternalTool.require("chromium").path().toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--mute-audio",
                "--autoplay-policy=no-user-gesture-required",
                "--user-data-dir=" + profile,
                page.replace(" ", "%20"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      JsonObject report = reports.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(report).as("the player reports").isNotNull();
      return report;
    } finally {
      chromium.destroy();
      chromium.waitFor();
      pages.stop(0);
    }
  }

  private void report(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    reports.add(new JsonObject(new String(body, StandardCharsets.UTF_8)));
    send(exchange, "text/plain", new byte[] {'o', 'k'});
  }

  private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = HlsPlayerTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }
}
