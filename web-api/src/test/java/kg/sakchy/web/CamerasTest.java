package kg.sakchy.web;

import static kg.sakchy.web.TestServer.body;
import static kg.sakchy.web.TestServer.header;
import static kg.sakchy.web.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.error.ErrorKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CamerasTest {
  private static final String CAMERAS = "/api/v1/cameras";
  private final TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private Camera stored(String id) {
    return server.directory.find(new kg.sakchy.core.camera.CameraId(id)).orElseThrow();
  }

  private HttpResponse<byte[]> patch(String id, @Nullable String ifMatch, JsonObject change) {
    var request = server.json(CAMERAS + "/" + id, "PATCH", change.encode());
    return server.send(ifMatch == null ? request : request.header("If-Match", ifMatch));
  }

  @Test
  void anAddressIsEnough() {
    HttpResponse<byte[]> created =
        server.post(CAMERAS, new JsonObject().put("url", "rtsp://admin:p@ss/w@10.0.0.5:554/h264"));
    assertThat(created.statusCode()).isEqualTo(201);
    JsonObject camera = body(created);
    assertThat(camera.getString("id")).matches("cam-[a-z0-9]{10}");
    assertThat(camera.getString("name")).isEqualTo("10.0.0.5");
    assertThat(camera.getString("url")).isEqualTo("rtsp://10.0.0.5:554/h264");
    assertThat(camera.getString("user")).isEqualTo("admin");
    assertThat(camera.getString("transport")).isEqualTo("tcp");
    assertThat(camera.getBoolean("recording")).isTrue();
    assertThat(camera.getString("recordingSince")).isEqualTo("2026-11-22T12:00:00Z");
    assertThat(header(created, "Location")).isEqualTo(CAMERAS + "/" + camera.getString("id"));
    assertThat(header(created, "ETag")).isEqualTo("\"1\"");
    assertThat(stored(camera.getString("id")).main().credentials())
        .isEqualTo(new Credentials("admin", "p@ss/w"));
  }

  @Test
  void everythingCanBeSaid() {
    HttpResponse<byte[]> created =
        server.post(
            CAMERAS,
            new JsonObject()
                .put("id", "school-12-yard")
                .put("name", "Мектеп 12, короо")
                .put("url", "rtsps://cam/main")
                .put("sub", "rtsps://u:v@cam/sub")
                .put("transport", "udp")
                .put("recording", false)
                .put("retentionDays", 90));
    assertThat(created.statusCode()).isEqualTo(201);
    Camera camera = stored("school-12-yard");
    assertThat(camera.name()).isEqualTo("Мектеп 12, короо");
    assertThat(camera.main().transport()).isEqualTo(Transport.UDP);
    assertThat(camera.sub()).isNotNull();
    assertThat(camera.recordingSince()).isNull();
    assertThat(camera.retentionDays()).isEqualTo(90);
  }

  @Test
  void aTakenIdIsAConflict() {
    server.addGate();
    HttpResponse<byte[]> again =
        server.post(CAMERAS, new JsonObject().put("id", "gate").put("url", "rtsp://cam/1"));
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(body(again).getString("code")).isEqualTo("conflict");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|url",
        "{\"url\":\"\"}|/url",
        "{\"url\":5}|/url",
        "{\"url\":\"rtsp://cam/1\",\"nmae\":\"x\"}|/nmae",
        "{\"url\":\"rtsp://cam/1\",\"id\":\"Gate 1\"}|/id",
        "{\"url\":\"rtsp://cam/1\",\"transport\":\"http\"}|/transport",
        "{\"url\":\"rtsp://cam/1\",\"retentionDays\":0}|/retentionDays",
        "{\"url\":\"http://u:topsecret@cam/1\"}|/url",
        "{\"url\":\"rtsp://u:topsecret@ca m/1\"}|/url",
      })
  void aWrongFieldIsNamedAndSecretsAreNotRepeated(String sent, String field) {
    HttpResponse<byte[]> refused = server.send(server.json(CAMERAS, "POST", sent));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(text(refused)).contains(field).doesNotContain("topsecret");
    assertThat(body(refused).getString("code")).isEqualTo("invalid-argument");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"url\": rtsp://u:topsecret@cam/1}",
        "{\"url\":\"rtsp://u:topsecret@cam/1\"",
        "url=rtsp://u:topsecret@cam/1",
        "[[[[[[",
        "{\"url\":\"rtsp://u:topsecret@cam/1\"}}"
      })
  void brokenJsonIsRefusedWithoutRepeatingIt(String sent) {
    HttpResponse<byte[]> refused = server.send(server.json(CAMERAS, "POST", sent));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(text(refused)).contains("JSON").doesNotContain("topsecret");
  }

  @Test
  void pagesFollowEachOtherByKey() {
    for (int i = 0; i < 7; i++) {
      server.post(
          CAMERAS, new JsonObject().put("id", "cam-" + i).put("url", "rtsp://10.0.0." + i + "/1"));
    }
    List<String> ids = new ArrayList<>();
    String next = CAMERAS + "?limit=3";
    int pages = 0;
    while (next != null) {
      JsonObject page = body(server.get(next));
      JsonArray items = page.getJsonArray("items");
      items.forEach(item -> ids.add(((JsonObject) item).getString("id")));
      next = page.getString("next");
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(ids).containsExactly("cam-0", "cam-1", "cam-2", "cam-3", "cam-4", "cam-5", "cam-6");
  }

  @Test
  void changesAreBasedOnAVersion() {
    server.addGate();
    JsonObject rename = new JsonObject().put("name", "North gate");
    assertThat(patch("gate", null, rename).statusCode()).isEqualTo(428);
    assertThat(patch("gate", "\"7\"", rename).statusCode()).isEqualTo(412);
    HttpResponse<byte[]> changed = patch("gate", "\"1\"", rename);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(header(changed, "ETag")).isEqualTo("\"2\"");
    assertThat(body(changed).getString("name")).isEqualTo("North gate");
    JsonObject stale = new JsonObject().put("version", 1).put("name", "x");
    assertThat(patch("gate", null, stale).statusCode()).isEqualTo(409);
    JsonObject fresh = new JsonObject().put("version", 2).put("name", "x");
    assertThat(patch("gate", null, fresh).statusCode()).isEqualTo(200);
    assertThat(patch("nobody", "*", rename).statusCode()).isEqualTo(404);
  }

  @Test
  void whatWasShownCanBeSentBackWithoutLosingThePassword() {
    server.addGate();
    JsonObject shown = body(server.get(CAMERAS + "/gate"));
    patch("gate", "*", new JsonObject().put("url", shown.getString("url")));
    assertThat(stored("gate").main().credentials()).isEqualTo(new Credentials("admin", "s3cret"));
    patch("gate", "*", new JsonObject().put("url", "rtsp://10.0.0.5/other"));
    assertThat(stored("gate").main().credentials()).isEqualTo(new Credentials("admin", "s3cret"));
  }

  @Test
  void anotherHostNeverGetsTheOldPassword() {
    server.addGate();
    patch("gate", "*", new JsonObject().put("url", "rtsp://10.6.6.6/stream1"));
    assertThat(stored("gate").main().credentials()).isNull();
  }

  @Test
  void credentialsCanBeDropped() {
    server.addGate();
    patch("gate", "*", new JsonObject().put("url", "rtsp://@10.0.0.5/stream1"));
    assertThat(stored("gate").main().credentials()).isNull();
  }

  @Test
  void passwordsInsideAnAddressAreHiddenAndKept() {
    String address = "rtsp://cam/user=admin&password=topsecret&channel=1";
    server.post(CAMERAS, new JsonObject().put("id", "gate").put("url", address));
    JsonObject shown = body(server.get(CAMERAS + "/gate"));
    assertThat(shown.encode()).doesNotContain("topsecret");
    patch("gate", "*", new JsonObject().put("url", shown.getString("url")).put("name", "x"));
    assertThat(stored("gate").main().uri()).hasToString(address);
    HttpResponse<byte[]> elsewhere =
        patch("gate", "*", new JsonObject().put("url", "rtsp://other/password=***"));
    assertThat(elsewhere.statusCode()).isEqualTo(400);
  }

  @Test
  void recordingSinceFollowsTheSwitch() {
    server.addGate();
    server.clock.advance(java.time.Duration.ofHours(1));
    JsonObject off = body(patch("gate", "*", new JsonObject().put("recording", false)));
    assertThat(off.getString("recordingSince")).isNull();
    JsonObject on = body(patch("gate", "*", new JsonObject().put("recording", true)));
    assertThat(on.getString("recordingSince")).isEqualTo("2026-11-22T13:00:00Z");
  }

  @Test
  void nullTakesAway() {
    server.post(
        CAMERAS,
        new JsonObject()
            .put("id", "gate")
            .put("url", "rtsp://cam/1")
            .put("sub", "rtsp://cam/2")
            .put("retentionDays", 5));
    patch("gate", "*", new JsonObject().putNull("sub").putNull("retentionDays"));
    assertThat(stored("gate").sub()).isNull();
    assertThat(stored("gate").retentionDays()).isNull();
  }

  @Test
  void aMergePatchMediaTypeIsTakenForChangesOnly() {
    server.addGate();
    var change =
        server
            .json(CAMERAS + "/gate", "PATCH", "{\"name\":\"x\"}")
            .setHeader("Content-Type", "application/merge-patch+json")
            .header("If-Match", "*");
    assertThat(server.send(change).statusCode()).isEqualTo(200);
    var creation =
        server
            .json(CAMERAS, "POST", "{\"url\":\"rtsp://cam/1\"}")
            .setHeader("Content-Type", "application/merge-patch+json");
    assertThat(server.send(creation).statusCode()).isEqualTo(415);
  }

  @Test
  void deletingForgets() {
    server.addGate();
    assertThat(server.delete(CAMERAS + "/gate").statusCode()).isEqualTo(204);
    assertThat(server.delete(CAMERAS + "/gate").statusCode()).isEqualTo(404);
    assertThat(server.get(CAMERAS + "/gate").statusCode()).isEqualTo(404);
  }

  @Test
  void aDatabaseThatIsAwayIsSaid() {
    server.addGate();
    server.directoryFaults.fail(ErrorKind.UNAVAILABLE);
    HttpResponse<byte[]> answer = server.get(CAMERAS);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(body(answer).getString("code")).isEqualTo("unavailable");
    assertThat(header(answer, "Retry-After")).isNotNull();
    assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
  }
}
