package kg.sakchy.web;

import static kg.sakchy.web.TestServer.GATE_MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.camera.SiteClass;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.core.ptz.PtzCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody has begun ends within seconds of his right to it, on every protocol of the web. */
class RightsEndTest {
  private static final String WATCHER = "watcher";
  private static final String CAMERA = "/api/v1/cameras/gate";
  private static final Duration SOON = Duration.ofSeconds(5);

  private final TestServer server = TestServer.start();

  /** How a right ends. */
  enum End {
    ROLE_REMOVED {
      @Override
      void happens(TestServer server) {
        server.people.takeRoles(WATCHER);
      }
    },
    ACCOUNT_DISABLED {
      @Override
      void happens(TestServer server) {
        server.people.disable(WATCHER);
      }
    },
    SIGNED_OUT {
      @Override
      void happens(TestServer server) {
        server.people.signOut(WATCHER);
      }
    },
    CAMERA_MOVED {
      @Override
      void happens(TestServer server) {
        server.people.put("gate", server.people.southSchool());
      }
    };

    abstract void happens(TestServer server);
  }

  @BeforeEach
  void prepare() {
    server.addDome();
    server.people.put("gate", server.people.northSchool());
    server.people.give(
        WATCHER,
        server.people.north(),
        Set.of(Right.VIEW_LIVE, Right.VIEW_ARCHIVE, Right.EXPORT, Right.STEER));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void happens(End end) {
    end.happens(server);
    server.clock.advance(Duration.ofSeconds(2)); // who is there is asked about each second
  }

  private HttpRequest.Builder asWatcher(String path) {
    return server.request(path).header("Authorization", "Bearer " + WATCHER);
  }

  private static void soon(Runnable what) {
    long began = System.nanoTime();
    what.run();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
  }

  private ClipStream live() {
    ClipStream camera = new ClipStream(server.clock, "run.mp4");
    server.views.put(camera);
    camera.send(2);
    return camera;
  }

  @ParameterizedTest
  @EnumSource
  void aLiveSocketCloses(End end) {
    live();
    try (MediaClient client = new MediaClient(server.port(), "gate", "", WATCHER)) {
      client.play(1, "");
      client.next("begin");
      soon(
          () -> {
            happens(end);
            assertThat(client.closeStatus()).isEqualTo(1008);
          });
    }
    Await.until("the stream is let go", () -> server.views.open() == 0);
  }

  @Test
  void aLiveSocketClosesWhenOnlyTheArchiveIsLeft() {
    live();
    try (MediaClient client = new MediaClient(server.port(), "gate", "", WATCHER)) {
      client.play(1, "");
      client.next("begin");
      soon(
          () -> {
            server.people.takeRoles(WATCHER);
            server.people.give(WATCHER, server.people.south(), Set.of(Right.VIEW_LIVE));
            server.people.give(WATCHER, server.people.northSchool(), Set.of(Right.VIEW_ARCHIVE));
            assertThat(client.closeStatus()).isEqualTo(1008);
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMovingDomeIsStopped(End end) {
    try (PtzClient client = new PtzClient(server.port(), "gate", WATCHER)) {
      client.send("{\"sequence\":1,\"command\":\"focus\",\"speed\":1}");
      assertThat(client.next().getString("type")).isEqualTo("ack");
      soon(
          () -> {
            happens(end);
            assertThat(client.closeStatus()).isEqualTo(1008);
          });
    }
    assertThat(server.ptz.commands().getLast()).isEqualTo(new PtzCommand.Focus(0));
  }

  @ParameterizedTest
  @EnumSource(names = {"ACCOUNT_DISABLED", "SIGNED_OUT"})
  void anEventStreamEnds(End end) {
    try (EventReader reader = new EventReader(server.open(asWatcher("/api/v1/events/stream")))) {
      server.events.append(List.of(EventsTest.event("gate", EventKind.MOTION, 1)));
      reader.require();
      soon(
          () -> {
            happens(end);
            assertThat(reader.next()).isNull();
          });
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ROLE_REMOVED", "CAMERA_MOVED"})
  void anEventStreamTellsNothingMore(End end) {
    server.people.put("gate", server.people.northSchool());
    try (EventReader reader = new EventReader(server.open(asWatcher("/api/v1/events/stream")))) {
      server.events.append(List.of(EventsTest.event("gate", EventKind.MOTION, 1)));
      assertThat(reader.require().id()).isEqualTo("1");
      happens(end);
      server.events.append(List.of(EventsTest.event("gate", EventKind.MOTION, 2)));
      server.people.put("gate", server.people.northSchool());
      server.people.give(WATCHER, server.people.northSchool(), Set.of(Right.VIEW_ARCHIVE));
      server.events.append(List.of(EventsTest.event("gate", EventKind.MOTION, 3)));
      assertThat(reader.require().id()).as("the second was not his").isEqualTo("3");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDownloadBreaksOff(End end) throws IOException {
    server.people.reclass(server.people.northSchool(), SiteClass.STREET); // a school takes two
    Instant start = TestServer.NOW.minusSeconds(7_200);
    for (int i = 0; i < 600; i++) { // far more than all socket buffers
      server.archive.add(
          RecordedRun.cut(GATE_MAIN, "run.mp4", start.plusSeconds(12L * i), i + 1, 12));
    }
    try (RawConnection client = new RawConnection(server.port())) {
      client.send(
          "GET %s/video.mp4?from=%s&to=%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(CAMERA, start, TestServer.NOW, WATCHER));
      assertThat(client.readHead()).startsWith("HTTP/1.1 200");
      soon(
          () -> {
            happens(end);
            Await.until("nothing is read any more", () -> server.archive.open() == 0);
          });
      assertThat(server.archive.bytesRead()).isLessThan(20_000_000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSessionOfWebRtcMayNotGoOn(End end) {
    server.views.put(live());
    HttpResponse<byte[]> begun =
        server.send(
            asWatcher(CAMERA + "/whep")
                .header("Content-Type", "application/sdp")
                .POST(HttpRequest.BodyPublishers.ofString("v=0\r\n")));
    assertThat(begun.statusCode()).isEqualTo(201);
    var allowed = server.webRtc.permissions.values().iterator().next();
    assertThat(allowed.getAsBoolean()).isTrue();
    soon(
        () -> {
          happens(end);
          Await.until("it ends", () -> !allowed.getAsBoolean());
        });
  }

  @ParameterizedTest
  @EnumSource
  void whoWaitsForAPlaylistDoesNotGetIt(End end) throws Exception {
    LiveCamera camera = new LiveCamera(GATE_MAIN, server.clock, server.archive, false);
    server.views.put(camera);
    CompletableFuture<HttpResponse<byte[]>> waiting =
        CompletableFuture.supplyAsync(() -> server.send(asWatcher(CAMERA + "/hls/main.m3u8")));
    Await.until("it waits", () -> server.views.open() == 1);
    happens(end);
    Await.until(
        "the next request is refused",
        () -> server.send(asWatcher(CAMERA + "/hls/main.m3u8")).statusCode() >= 400);
    camera.seconds(3);
    assertThat(waiting.get(15, TimeUnit.SECONDS).statusCode()).isIn(401, 403, 404);
  }

  @Test
  void aTokenEndsWithItsTime() {
    live();
    try (MediaClient client = new MediaClient(server.port(), "gate", "?token=" + token(10))) {
      client.play(1, "");
      client.next("begin");
      soon(
          () -> {
            server.clock.advance(Duration.ofSeconds(11));
            assertThat(client.closeStatus()).isEqualTo(1008);
          });
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ROLE_REMOVED", "ACCOUNT_DISABLED", "CAMERA_MOVED"})
  void aTokenEndsWithItsMaker(End end) {
    live();
    String token = token(600);
    assertThat(server.get(CAMERA + "/hls/main.m3u8?token=" + token).statusCode()).isNotIn(401, 403);
    try (MediaClient client = new MediaClient(server.port(), "gate", "?token=" + token)) {
      client.play(1, "");
      client.next("begin");
      soon(
          () -> {
            happens(end);
            assertThat(client.closeStatus()).isEqualTo(1008);
          });
    }
    assertThat(server.get(CAMERA + "/hls/main.m3u8?token=" + token).statusCode()).isEqualTo(403);
  }

  private String token(int seconds) {
    return server.tokens.issue(
        new MediaGrant(
            TestServer.GATE,
            true,
            null,
            server.clock.now().plusSeconds(seconds),
            new AccountId(WATCHER)));
  }

  @Test
  void aTokenIsCutToWhatItsMakerMaySee() {
    server.people.give("live-only", server.people.north(), Set.of(Right.VIEW_LIVE));
    String wanted =
        new JsonObject()
            .put("live", true)
            .put("archive", new JsonObject().put("from", "2026-11-22T11:00:00Z"))
            .encode();
    HttpResponse<byte[]> made =
        server.send(
            server
                .json(CAMERA + "/media-tokens", "POST", wanted)
                .header("Authorization", "Bearer live-only"));
    assertThat(made.statusCode()).isEqualTo(200);
    JsonObject token = TestServer.body(made);
    assertThat(token.getBoolean("live")).isTrue();
    assertThat(token.getValue("archive")).isNull();
    assertThat(server.tokens.verify(token.getString("token")).account())
        .isEqualTo(new AccountId("live-only"));
  }
}
