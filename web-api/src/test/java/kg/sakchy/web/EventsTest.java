package kg.sakchy.web;

import static kg.sakchy.web.TestServer.body;
import static kg.sakchy.web.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.web.http.HttpLimits;
import kg.sakchy.web.http.LiveLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsTest {
  private static final String EVENTS = "/api/v1/events";
  private TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  static CameraEvent event(String camera, EventKind kind, long second) {
    return new CameraEvent(
        new CameraId(camera),
        kind,
        CameraEvent.State.ACTIVE,
        TestServer.NOW.plusSeconds(second),
        null,
        TestServer.NOW.plusSeconds(second).plusMillis(80),
        "VideoSource/MotionAlarm",
        Map.of("Source", "1"),
        Map.of("plate", "01KG123ABC"));
  }

  private void log(int count) {
    for (int i = 1; i <= count; i++) {
      server.events.append(List.of(event("gate", EventKind.MOTION, i)));
    }
  }

  private List<Integer> numbers(JsonObject page) {
    return page.getJsonArray("items").stream()
        .map(item -> ((JsonObject) item).getInteger("number"))
        .toList();
  }

  @Test
  void pagesGoFromTheNewestToTheOldest() {
    log(25);
    JsonObject first = body(server.get(EVENTS + "?limit=10"));
    assertThat(numbers(first)).startsWith(25).endsWith(16).hasSize(10);
    JsonObject second = body(server.get(first.getString("next")));
    assertThat(numbers(second)).startsWith(15).endsWith(6);
    JsonObject third = body(server.get(second.getString("next")));
    assertThat(numbers(third)).containsExactly(5, 4, 3, 2, 1);
    assertThat(third.getString("next")).isNull();
  }

  @Test
  void camerasKindsAndRangesAreChosen() {
    server.events.append(
        List.of(
            event("gate", EventKind.MOTION, 1),
            event("yard", EventKind.PLATE, 2),
            event("hall", EventKind.PLATE, 3),
            event("gate", EventKind.LINE_CROSSING, 4)));
    assertThat(numbers(body(server.get(EVENTS + "?camera=gate,hall")))).containsExactly(4, 3, 1);
    assertThat(numbers(body(server.get(EVENTS + "?kind=plate,line_crossing&camera=gate"))))
        .containsExactly(4);
    JsonObject ranged =
        body(
            server.get(
                EVENTS
                    + "?from=2026-11-22T18:00:02+06:00&to=2026-11-22T12:00:04Z&limit=1&kind=plate"));
    assertThat(numbers(ranged)).containsExactly(3);
    assertThat(numbers(body(server.get(ranged.getString("next"))))).containsExactly(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?limit=0",
        "?limit=1001",
        "?limit=NaN",
        "?camera=Gate",
        "?camera=gate,",
        "?kind=motions",
        "?kind=",
        "?before=-1",
        "?before=1e99",
        "?from=yesterday",
        "?from=2026-11-22T12:00:00Z&to=2026-11-22T12:00:00Z",
        "?colour=red"
      })
  void questionsThatMakeNoSenseAreRefused(String query) {
    HttpResponse<byte[]> refused = server.get(EVENTS + query);
    assertThat(refused.statusCode()).as(text(refused)).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "one", "99999999999999999999"})
  void anEventIdThatIsNoneIsRefused(String id) {
    assertThat(
            server
                .send(server.request(EVENTS + "/stream").header("Last-Event-ID", id))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void integersMayBeWrittenAsJsonAllows() {
    log(11);
    assertThat(numbers(body(server.get(EVENTS + "?limit=1e1")))).hasSize(10);
  }

  @Test
  void whatIsLoggedIsToldToThoseWhoWantIt() {
    try (EventReader all = server.listen(EVENTS + "/stream");
        EventReader plates = server.listen(EVENTS + "/stream?kind=plate&camera=yard")) {
      server.events.append(List.of(event("gate", EventKind.MOTION, 1)));
      server.events.append(
          List.of(event("gate", EventKind.PLATE, 2), event("yard", EventKind.PLATE, 3)));
      assertThat(all.require().data().getString("kind")).isEqualTo("motion");
      assertThat(all.require().id()).isEqualTo("2");
      EventReader.Event plate = plates.require();
      assertThat(plate.name()).isEqualTo("event");
      assertThat(plate.id()).isEqualTo("3");
      assertThat(plate.data().getJsonObject("data").getString("plate")).isEqualTo("01KG123ABC");
    }
  }

  @Test
  void whoComesBackGetsWhatItMissedFirst() {
    log(350);
    try (EventReader reader = server.listen(EVENTS + "/stream", "Last-Event-ID", "20")) {
      for (int number = 21; number <= 350; number++) {
        assertThat(reader.require().id()).isEqualTo(Integer.toString(number));
      }
      log(1);
      assertThat(reader.require().id()).isEqualTo("351");
    }
  }

  @Test
  void whoWasAwayForTooLongIsToldWhatIsSkipped() {
    log(1_050);
    try (EventReader reader = server.listen(EVENTS + "/stream", "Last-Event-ID", "5")) {
      EventReader.Event skipped = reader.require();
      assertThat(skipped.name()).isEqualTo("skipped");
      assertThat(skipped.id()).isEmpty();
      assertThat(skipped.data().getInteger("after")).isEqualTo(5);
      assertThat(skipped.data().getInteger("before")).isEqualTo(51);
      assertThat(reader.require().id()).isEqualTo("51");
    }
  }

  @Test
  void whoDoesNotReadIsCutOffAndHoldsNobodyUp() throws IOException {
    String ask = "GET /api/v1/events/stream HTTP/1.1\r\nHost: localhost\r\n\r\n";
    try (RawConnection asleep = new RawConnection(server.port());
        EventReader awake = server.listen(EVENTS + "/stream")) {
      asleep.send(ask);
      asleep.readHead();
      Await.until("both listen", () -> gauge("event_streams_active") == 2);
      int number = 0;
      while (gauge("slow_readers_total") < 1 && number < 100_000) {
        log(200);
        for (int i = 0; i < 200; i++) {
          number++;
          assertThat(awake.require().id()).isEqualTo(Integer.toString(number));
        }
      }
      assertThat(gauge("slow_readers_total")).isEqualTo(1);
      Await.until("only one is left", () -> gauge("event_streams_active") == 1);
      assertThat(asleep.readToEnd()).isPositive();
    }
    Await.until("none is left", () -> gauge("event_streams_active") == 0);
  }

  private double gauge(String name) {
    return text(server.get("/metrics"))
        .lines()
        .filter(line -> line.startsWith("sakchy_web_" + name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElse(0);
  }

  private void restart(LiveLimits live) {
    server.close();
    HttpLimits usual = HttpLimits.DEFAULTS;
    server =
        TestServer.start(
            new HttpLimits(
                usual.bodyBytes(),
                usual.headerBytes(),
                usual.requestLineBytes(),
                usual.idle(),
                usual.call(),
                usual.calls(),
                usual.downloads(),
                usual.stall(),
                usual.uploadBytes(),
                usual.uploads(),
                usual.unreadBytes(),
                usual.unreadBytesPerClient(),
                usual.connections(),
                live));
  }

  @Test
  void soManyStreamsAndNoMore() {
    restart(new LiveLimits(2, 2, 100_000, 100_000, Duration.ofSeconds(15), 4096, 60, 8));
    List<EventReader> readers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      readers.add(server.listen(EVENTS + "/stream"));
    }
    assertThat(server.get(EVENTS + "/stream").statusCode()).isEqualTo(503);
    readers.forEach(EventReader::close);
    Await.until("places are free", () -> gauge("event_streams_active") == 0);
    server.listen(EVENTS + "/stream").close();
  }

  @Test
  void silenceIsFilledWithSignsOfLife() throws IOException {
    restart(new LiveLimits(2, 2, 100_000, 100_000, Duration.ofMillis(20), 4096, 60, 8));
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send("GET /api/v1/events/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
      connection.readHead();
      assertThat(connection.readUntil(":\n\n")).contains("retry: ");
    }
  }
}
