package kg.sakchy.web;

import static kg.sakchy.web.TestServer.GATE_MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.web.http.HttpLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that stop reading, go away or come in crowds, and recordings that break on the way. */
class DownloadTest {
  private static final Instant START = Instant.parse("2026-11-21T13:00:00Z");
  private static final int RUNS = 600;
  private static final Duration RUN = Duration.ofSeconds(12);
  private TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private void restart(HttpLimits limits) {
    server.close();
    server = TestServer.start(limits);
  }

  /** Two hours, about 20 MB: far more than all socket buffers. */
  private Segment recordHours() {
    RecordedRun pattern = RecordedRun.cut(GATE_MAIN, "run.mp4", START, 1, 12);
    Segment first = pattern.segments().getFirst();
    Segment last = first;
    for (int i = 0; i < RUNS; i++) {
      RecordedRun run =
          i == 0 ? pattern : RecordedRun.cut(GATE_MAIN, "run.mp4", start(i), i + 1, 12);
      server.archive.add(run);
      last = run.segments().getFirst();
    }
    return last;
  }

  private static Instant start(int run) {
    return START.plus(RUN.multipliedBy(run));
  }

  private static String request() {
    return "GET /api/v1/cameras/gate/video.mp4?from=%s&to=%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
        .formatted(START, start(RUNS));
  }

  private double active() {
    return server.metrics.get("sakchy_web_downloads_active").gauge().value();
  }

  @Test
  void aClientThatStopsReadingHoldsNoMoreThanAFewChunks() throws IOException {
    recordHours();
    try (RawConnection client = new RawConnection(server.port())) {
      client.send(request());
      String head = client.readHead();
      assertThat(head).startsWith("HTTP/1.1 200");
      Await.until("the download stands", () -> server.archive.open() == 1);
      long read = -1;
      for (int same = 0; same < 200; same++) {
        long now = server.archive.bytesRead();
        same = now == read ? same : 0;
        read = now;
        java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
      }
      assertThat(read).isLessThan(12_000_000);
      assertThat(active()).isEqualTo(1);
    }
    Await.until("everything is released", () -> server.archive.open() == 0 && active() == 0);
  }

  @Test
  void aClientThatStopsReadingForTooLongIsCutOff() throws IOException {
    restart(limits(32, Duration.ofMillis(300)));
    recordHours();
    try (RawConnection client = new RawConnection(server.port())) {
      client.send(request());
      client.readHead();
      Await.until("the download is given up", () -> active() == 0 && server.archive.open() == 0);
      assertThat(client.readToEnd()).isLessThan(20_000_000);
    }
  }

  private static HttpLimits limits(int downloads, Duration stall) {
    HttpLimits usual = HttpLimits.DEFAULTS;
    return new HttpLimits(
        usual.bodyBytes(),
        usual.headerBytes(),
        usual.requestLineBytes(),
        usual.idle(),
        usual.call(),
        usual.calls(),
        downloads,
        stall,
        usual.uploadBytes(),
        usual.uploads(),
        usual.unreadBytes(),
        usual.unreadBytesPerClient(),
        usual.connections(),
        usual.live());
  }

  @Test
  void oneDownloadTooManyIsToldToComeBack() throws IOException {
    restart(limits(2, Duration.ofSeconds(60)));
    recordHours();
    List<RawConnection> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        RawConnection client = new RawConnection(server.port());
        clients.add(client);
        client.send(request());
        client.readHead();
      }
      HttpResponse<byte[]> refused =
          server.get("/api/v1/cameras/gate/video.mp4?from=%s&to=%s".formatted(START, start(1)));
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(TestServer.body(refused).getString("code")).isEqualTo("resource-exhausted");
    } finally {
      for (RawConnection client : clients) {
        client.close();
      }
    }
    Await.until("places are free", () -> active() == 0);
    assertThat(
            server
                .get("/api/v1/cameras/gate/video.mp4?from=%s&to=%s".formatted(START, start(1)))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aRecordingThatBreaksOnTheWayBreaksTheConnection() throws IOException {
    server.archive.lose(recordHours());
    try (RawConnection client = new RawConnection(server.port())) {
      client.send(request());
      String head = client.readHead();
      int promised =
          Integer.parseInt(
              head.replaceAll("(?s).*content-length: (\\d+).*|.*Content-Length: (\\d+).*", "$1$2"));
      assertThat(client.readToEnd()).isLessThan(promised);
    }
    Await.until("everything is released", () -> server.archive.open() == 0 && active() == 0);
  }

  @Test
  void aConnectionServesOneFileAfterAnother() {
    server.archive.add(RecordedRun.cut(GATE_MAIN, "run.mp4", START, 1, 4));
    String path = "/api/v1/cameras/gate/video.mp4?from=%s&to=%s".formatted(START, start(1));
    byte[] first = server.get(path).body();
    for (int i = 0; i < 20; i++) {
      assertThat(server.get(path).body()).isEqualTo(first);
    }
    Await.until("everything is released", () -> server.archive.open() == 0 && active() == 0);
  }
}
