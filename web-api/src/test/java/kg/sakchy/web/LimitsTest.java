package kg.sakchy.web;

import static kg.sakchy.web.TestServer.GATE_MAIN;
import static kg.sakchy.web.TestServer.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kg.sakchy.core.limit.TokenBucket;
import kg.sakchy.web.http.ConnectionLimits;
import kg.sakchy.web.http.HttpLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that take places, ask too often, or do not read. */
class LimitsTest {
  private static final ConnectionLimits USUAL = ConnectionLimits.DEFAULTS;
  private static final String REQUEST = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n";
  private static final Instant AT = TestServer.NOW.minus(Duration.ofMinutes(10));
  private static final String PICTURE = "/api/v1/cameras/gate/snapshot.jpg?at=%s";
  private static final int PICTURE_BYTES = 8 << 20;

  private TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private void restart(HttpLimits limits) {
    server.close();
    server = TestServer.start(limits);
  }

  private void restart(int connections, int ofThisMachine) {
    restart(
        HttpLimits.DEFAULTS.with(
            new ConnectionLimits(
                connections,
                USUAL.perAddress(),
                ofThisMachine,
                USUAL.quiet(),
                USUAL.ofAddress(),
                USUAL.ofAccount())));
  }

  private double refused(String reason) {
    var counter =
        server.metrics.find("sakchy_web_refused_connections").tag("reason", reason).counter();
    return counter == null ? 0 : counter.count();
  }

  private int open() {
    return (int) server.metrics.get("sakchy_web_connections_active").gauge().value();
  }

  private List<RawConnection> connections(int count) throws IOException {
    List<RawConnection> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(new RawConnection(server.port()));
    }
    return all;
  }

  private static void closeAll(List<RawConnection> all) throws IOException {
    for (RawConnection one : all) {
      one.close();
    }
  }

  @Test
  void whoOpensSocketsGetsSoManyAndOthersAreServedAfterwards() throws IOException {
    restart(50, 50);
    List<RawConnection> greedy = connections(400);
    try {
      Await.until("350 are turned away", () -> refused("connections") == 350);
      assertThat(open()).isEqualTo(50);
      greedy.getFirst().send(REQUEST + "\r\n");
      assertThat(greedy.getFirst().readHead()).startsWith("HTTP/1.1 200");
      assertThat(greedy.getLast().readToEnd()).isZero();
    } finally {
      closeAll(greedy);
    }
    Await.until("all places are free", () -> open() == 0);
    assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void oneAddressHasNotAllPlaces() throws IOException {
    restart(50, 20);
    List<RawConnection> greedy = connections(30);
    try {
      Await.until("ten are turned away", () -> refused("address") == 10);
      assertThat(open()).isEqualTo(20);
    } finally {
      closeAll(greedy);
    }
  }

  @Test
  void aRequestThatNeverBecomesWholeIsClosed() throws IOException {
    EventReader patient = server.listen("/api/v1/events/stream");
    try (RawConnection slow = new RawConnection(server.port())) {
      slow.send(REQUEST);
      Await.until("both are there", () -> open() >= 2);
      CompletableFuture<Integer> end = CompletableFuture.supplyAsync(slow::readToEndOrFail);
      server.clock.advance(Duration.ofSeconds(40));
      slow.send("X-More: still\r\n");
      Await.until(
          "it is closed",
          () -> {
            server.clock.advance(Duration.ofSeconds(1));
            return end.isDone();
          });
      assertThat(end.join()).isZero();
      assertThat(open()).as("who waits for an answer stays").isPositive();
    } finally {
      patient.close();
    }
  }

  @Test
  void aConnectionMayPauseBetweenRequests() throws IOException {
    try (RawConnection client = new RawConnection(server.port())) {
      for (int i = 0; i < 3; i++) {
        client.send(REQUEST + "\r\n");
        assertThat(client.readHead()).startsWith("HTTP/1.1 200");
        client.readUntil("}");
        server.clock.advance(Duration.ofSeconds(50));
      }
    }
  }

  private void restart(TokenBucket.Rate ofAddress, TokenBucket.Rate ofAccount) {
    restart(
        HttpLimits.DEFAULTS.with(
            new ConnectionLimits(
                USUAL.connections(),
                USUAL.perAddress(),
                USUAL.perLocalAddress(),
                USUAL.quiet(),
                ofAddress,
                ofAccount)));
  }

  @Test
  void whoAsksTooOftenIsToldWhenToComeBack() {
    restart(USUAL.ofAddress(), new TokenBucket.Rate(2, 10));
    for (int i = 0; i < 10; i++) {
      assertThat(server.get("/api/v1/cameras").statusCode()).isEqualTo(200);
    }
    HttpResponse<byte[]> held = server.get("/api/v1/cameras");
    assertThat(held.statusCode()).isEqualTo(429);
    assertThat(header(held, "Retry-After")).isEqualTo("1");
    assertThat(server.get("/api/v1/cameras/gate/hls/master.m3u8").statusCode())
        .as("media is not counted")
        .isNotEqualTo(429);
    server.clock.advance(Duration.ofSeconds(1));
    assertThat(server.get("/api/v1/cameras").statusCode()).isEqualTo(200);
  }

  @Test
  void anAddressIsHeldOffBeforeAnybodyLooksWhoItIs() {
    restart(new TokenBucket.Rate(2, 10), USUAL.ofAccount());
    for (int i = 0; i < 10; i++) {
      assertThat(server.get("/sign-in").statusCode()).isEqualTo(200);
    }
    assertThat(server.get("/sign-in").statusCode()).isEqualTo(429);
  }

  private void restartWithPictures(Duration stall, long unreadPerClient) {
    HttpLimits usual = HttpLimits.DEFAULTS;
    restart(
        new HttpLimits(
            usual.bodyBytes(),
            usual.headerBytes(),
            usual.requestLineBytes(),
            usual.idle(),
            usual.call(),
            usual.calls(),
            usual.downloads(),
            stall,
            usual.uploadBytes(),
            usual.uploads(),
            usual.unreadBytes(),
            unreadPerClient,
            usual.connections(),
            usual.live()));
    server.addGate();
    server.archive.add(RecordedRun.cut(GATE_MAIN, "run.mp4", AT, 1, 4));
    server.pictures.painter = (format, sample, width) -> new byte[PICTURE_BYTES];
  }

  private RawConnection whoDoesNotRead() throws IOException {
    RawConnection client = new RawConnection(server.port());
    client.send("GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(PICTURE.formatted(AT)));
    return client;
  }

  @Test
  void whoDoesNotReadAnAnswerIsCutOff() throws IOException {
    restartWithPictures(Duration.ofMillis(300), HttpLimits.DEFAULTS.unreadBytesPerClient());
    try (RawConnection client = whoDoesNotRead()) {
      assertThat(client.readHead()).startsWith("HTTP/1.1 200");
      Await.until(
          "it is cut off",
          () -> server.metrics.get("sakchy_web_slow_readers").counter().count() == 1);
      assertThat(client.readToEnd()).as("closed").isLessThanOrEqualTo(PICTURE_BYTES);
    }
  }

  @Test
  void oneWhoDoesNotReadHasNotAllMemory() throws IOException {
    restartWithPictures(Duration.ofMinutes(5), 3L * PICTURE_BYTES);
    List<RawConnection> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        RawConnection client = whoDoesNotRead();
        clients.add(client);
        assertThat(client.readHead()).startsWith("HTTP/1.1 200");
      }
      RawConnection refused = whoDoesNotRead();
      clients.add(refused);
      assertThat(refused.readHead()).startsWith("HTTP/1.1 503").contains("etry-");
    } finally {
      closeAll(clients);
    }
    Await.until("all is given back", () -> server.get(PICTURE.formatted(AT)).statusCode() == 200);
  }
}
