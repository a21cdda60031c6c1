package kg.sakchy.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.access.Role;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.SiteClass;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.event.EventKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lists hold what the caller may see, and nothing of the rest. */
class SeenCamerasTest {
  private static final String NORTH = "north";
  private static final String CAMERAS = "/api/v1/cameras";
  private final TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private void camera(String id) {
    server.directory.create(registered(new CameraId(id)));
  }

  private static Camera registered(CameraId id) {
    StreamSource source = StreamSource.parse("rtsp://10.0.0.5/1", Transport.TCP);
    return new Camera(id, id.value(), source, null, false, null, TestServer.NOW, null, 1);
  }

  private JsonObject get(String path) {
    HttpResponse<byte[]> answer =
        server.send(server.request(path).header("Authorization", "Bearer " + NORTH));
    assertThat(answer.statusCode()).as(TestServer.text(answer)).isEqualTo(200);
    return TestServer.body(answer);
  }

  private static List<String> ids(JsonObject page) {
    return page.getJsonArray("items").stream()
        .map(item -> ((JsonObject) item).getString("id"))
        .toList();
  }

  @Test
  void pagesAreFullOfTheCallersCameras() {
    for (int i = 0; i < 300; i++) {
      camera("cam%03d".formatted(i));
      if (i % 3 == 0) {
        server.people.put("cam%03d".formatted(i), server.people.northSchool());
      }
    }
    server.people.give(NORTH, server.people.north(), Set.of(Right.VIEW_ARCHIVE));
    List<String> seen = new ArrayList<>();
    String next = CAMERAS + "?limit=30";
    for (int page = 0; next != null; page++) {
      JsonObject found = get(next);
      assertThat(ids(found)).hasSize(page < 3 ? 30 : 10);
      seen.addAll(ids(found));
      next = found.getString("next");
    }
    assertThat(seen)
        .hasSize(100)
        .isSorted()
        .allMatch(id -> Integer.parseInt(id, 3, 6, 10) % 3 == 0);
  }

  @Test
  void anUnseenCameraIsAnsweredAsOneThatIsNotThere() {
    camera("vault");
    server.people.give(NORTH, server.people.north(), Set.of(Right.values()));
    for (String route :
        new String[] {
          "",
          "/status",
          "/timeline?from=2026-11-22T11:00:00Z&to=2026-11-22T12:00:00Z",
          "/hls/main.m3u8",
          "/snapshot.jpg",
          "/ptz",
          "/device",
          "/placement",
          "/unit"
        }) {
      HttpResponse<byte[]> hidden = as(CAMERAS + "/vault" + route);
      HttpResponse<byte[]> missing = as(CAMERAS + "/nobody" + route);
      assertThat(hidden.statusCode()).as(route).isEqualTo(404).isEqualTo(missing.statusCode());
      assertThat(TestServer.text(hidden))
          .isEqualTo(TestServer.text(missing).replace("nobody", "vault"));
      assertThat(hidden.headers().map().keySet()).isEqualTo(missing.headers().map().keySet());
    }
  }

  private HttpResponse<byte[]> as(String path) {
    return server.send(server.request(path).header("Authorization", "Bearer " + NORTH));
  }

  @Test
  void pathsCannotBeClimbed() {
    server.people.give(NORTH, server.people.north(), Set.of(Right.values()));
    for (String id :
        new String[] {
          "..", "%2e%2e", "..%2f..%2fetc", "gate%00", "GATE", "%d0%b3", "a".repeat(5_000)
        }) {
      assertThat(as(CAMERAS + "/" + id + "/status").statusCode()).as(id).isIn(400, 404);
      assertThat(as("/api/v1/units/" + id).statusCode()).as(id).isIn(400, 404);
    }
  }

  @Test
  void eventsOfOthersAreLeftOutAndPagesStayFull() {
    camera("gate");
    camera("vault");
    server.people.put("gate", server.people.northSchool());
    server.people.give(NORTH, server.people.north(), Set.of(Right.VIEW_ARCHIVE));
    for (int i = 1; i <= 60; i++) {
      server.events.append(
          List.of(EventsTest.event(i % 3 == 0 ? "gate" : "vault", EventKind.MOTION, i)));
    }
    JsonObject first = get("/api/v1/events?limit=15");
    assertThat(first.getJsonArray("items"))
        .hasSize(15)
        .allMatch(item -> item.toString().contains("gate"));
    assertThat(get(first.getString("next")).getJsonArray("items")).hasSize(5);
    assertThat(get("/api/v1/events?camera=vault").getJsonArray("items")).isEmpty();
    assertThat(get("/api/v1/events?camera=vault,gate").getJsonArray("items")).hasSize(20);
  }

  @Test
  void whoSeesNothingGetsEmptyLists() {
    camera("gate");
    server.events.append(List.of(EventsTest.event("gate", EventKind.MOTION, 1)));
    server.people.give(NORTH, server.people.north(), Set.of());
    assertThat(get(CAMERAS).getJsonArray("items")).isEmpty();
    assertThat(get("/api/v1/events").getJsonArray("items")).isEmpty();
  }

  @Test
  void theTimelineBeginsWhereTheRoleReaches() {
    camera("gate");
    server.people.put("gate", server.people.northSchool());
    server.people.reclass(server.people.northSchool(), SiteClass.STREET); // a school takes two
    server.archive.add(
        RecordedRun.cut(TestServer.GATE_MAIN, "run.mp4", TestServer.NOW.minusSeconds(60), 1, 4));
    server.people.give(
        NORTH,
        server.people.north(),
        new Role("brief", Set.of(Right.VIEW_ARCHIVE, Right.EXPORT), Duration.ofSeconds(55), 0));
    JsonObject timeline =
        get(CAMERAS + "/gate/timeline?from=2026-11-22T11:00:00Z&to=2026-11-22T12:00:00Z");
    assertThat(timeline.getJsonArray("recorded").getJsonObject(0).getString("from"))
        .isEqualTo("2026-11-22T11:59:05Z");
    String video = CAMERAS + "/gate/video.mp4?to=2026-11-22T11:59:08Z&from=";
    assertThat(as(video + "2026-11-22T11:59:06Z").statusCode()).isEqualTo(200);
    assertThat(as(video + "2026-11-22T11:59:04Z").statusCode()).isEqualTo(403);
  }

  @Test
  void theIdOfARemovedCameraWithRecordingsIsNotTakenAnew() {
    server.archive.add(
        RecordedRun.cut(TestServer.GATE_MAIN, "run.mp4", TestServer.NOW.minusSeconds(60), 1, 4));
    server.people.give(NORTH, server.people.north(), Set.of(Right.values()));
    String body =
        "{\"id\":\"gate\",\"url\":\"rtsp://10.0.0.9/1\",\"unit\":%s}"
            .formatted(server.people.northSchool());
    var request = server.json(CAMERAS, "POST", body).header("Authorization", "Bearer " + NORTH);
    assertThat(server.send(request).statusCode()).isEqualTo(409);
    assertThat(server.directory.find(TestServer.GATE)).isEmpty();
    var own =
        server
            .json(CAMERAS, "POST", body.replace("gate", "yard"))
            .header("Authorization", "Bearer " + NORTH);
    assertThat(server.send(own).statusCode()).isEqualTo(201);
    assertThat(ids(get(CAMERAS))).containsExactly("yard");
  }
}
