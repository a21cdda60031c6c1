package kg.sakchy.web;

import static kg.sakchy.web.TestServer.GATE_MAIN;
import static kg.sakchy.web.TestServer.body;
import static kg.sakchy.web.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.access.MediaTokens;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.time.TimeRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTokenTest {
  private static final String GATE = "/api/v1/cameras/gate";
  private static final Instant START = TestServer.NOW.minusSeconds(60);
  private static final TimeRange RECORDED = new TimeRange(START, START.plusSeconds(12));
  private final TestServer server = TestServer.start();

  @BeforeEach
  void record() {
    server.archive.add(RecordedRun.cut(GATE_MAIN, "run.mp4", START, 1, 4));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private JsonObject issued(String asked) {
    HttpResponse<byte[]> answer = server.send(server.json(GATE + "/media-tokens", "POST", asked));
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    return body(answer);
  }

  private static String archive(TimeRange range) {
    return "{\"archive\":{\"from\":\"%s\",\"to\":\"%s\"}}".formatted(range.start(), range.end());
  }

  private HttpResponse<byte[]> video(TimeRange range, String token) {
    return server.get(
        GATE + "/video.mp4?from=" + range.start() + "&to=" + range.end() + "&token=" + token);
  }

  private HttpResponse<byte[]> snapshot(String query, String token) {
    return server.get(GATE + "/snapshot.jpg?" + query + "token=" + token);
  }

  @Test
  void aTokenSaysWhatItCovers() {
    JsonObject token =
        issued("{\"live\":true,\"archive\":{\"from\":\"2026-11-22T17:00:00.1234+06:00\"}}");
    assertThat(token.getString("expires")).isEqualTo("2026-11-22T13:00:00Z");
    assertThat(token.getJsonObject("archive").encode())
        .isEqualTo("{\"from\":\"2026-11-22T11:00:00.123Z\",\"to\":\"2026-11-22T13:00:00Z\"}");
    assertThat(server.tokens.verify(token.getString("token")))
        .isEqualTo(
            new MediaGrant(
                TestServer.GATE,
                true,
                new TimeRange(
                    Instant.parse("2026-11-22T11:00:00.123Z"),
                    Instant.parse("2026-11-22T13:00:00Z")),
                Instant.parse("2026-11-22T13:00:00Z"),
                TestServer.OPERATOR.account()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|/live",
        "{\"live\":false}|/live",
        "{\"live\":\"yes\"}|live",
        "{\"live\":true,\"lifetimeSeconds\":43201}|lifetimeSeconds",
        "{\"live\":true,\"lifetimeSeconds\":0}|lifetimeSeconds",
        "{\"live\":true,\"camera\":\"yard\"}|camera",
        "{\"archive\":{}}|from",
        "{\"archive\":{\"from\":\"yesterday\"}}|from",
        "{\"archive\":{\"from\":\"2026-11-22T11:00:00Z\",\"to\":\"2026-11-22T11:00:00Z\"}}|/to",
        "{\"archive\":{\"from\":\"2027-11-22T11:00:00Z\"}}|/to",
      })
  void whatCannotBeGrantedIsRefused(String asked, String named) {
    HttpResponse<byte[]> answer = server.send(server.json(GATE + "/media-tokens", "POST", asked));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(text(answer)).contains(named);
  }

  @Test
  void theRangeItCoversIsGivenAndNoMore() {
    String token = issued(archive(RECORDED)).getString("token");
    assertThat(video(RECORDED, token).statusCode()).isEqualTo(200);
    TimeRange inside = new TimeRange(START.plusSeconds(3), START.plusSeconds(4));
    assertThat(video(inside, token).statusCode()).isEqualTo(200);
    HttpResponse<byte[]> longer = video(new TimeRange(START, RECORDED.end().plusMillis(1)), token);
    assertThat(longer.statusCode()).isEqualTo(403);
    assertThat(text(longer)).contains("recordings are covered from 2026-11-22T11:59:00Z to");
    HttpResponse<byte[]> earlier =
        video(new TimeRange(START.minusMillis(1), RECORDED.end()), token);
    assertThat(earlier.statusCode()).isEqualTo(403);
  }

  @Test
  void liveAndArchiveAreRightsOfTheirOwn() {
    String live = issued("{\"live\":true}").getString("token");
    String archive = issued(archive(RECORDED)).getString("token");
    assertThat(snapshot("", live).statusCode()).isEqualTo(200);
    assertThat(snapshot("", archive).statusCode()).isEqualTo(403);
    assertThat(text(snapshot("", archive))).contains("live pictures are not covered");
    String at = "at=" + START.plusSeconds(5) + "&";
    assertThat(snapshot(at, archive).statusCode()).isEqualTo(200);
    assertThat(snapshot(at, live).statusCode()).isEqualTo(403);
    assertThat(text(snapshot(at, live))).contains("recordings are not covered");
    assertThat(snapshot("at=" + RECORDED.end() + "&", archive).statusCode()).isEqualTo(403);
  }

  @Test
  void aTokenOpensOneCamera() {
    String token = issued(archive(RECORDED)).getString("token");
    HttpResponse<byte[]> other =
        server.get(
            "/api/v1/cameras/yard/video.mp4?from=%s&to=%s&token=%s"
                .formatted(RECORDED.start(), RECORDED.end(), token));
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(text(other)).contains("for another camera");
  }

  @Test
  void anExpiredTokenIsWorthNothing() {
    String token = issued(archive(RECORDED)).getString("token");
    server.clock.advance(Duration.ofHours(1).minusMillis(1));
    assertThat(video(RECORDED, token).statusCode()).isEqualTo(200);
    server.clock.advance(Duration.ofMillis(1));
    assertThat(video(RECORDED, token).statusCode()).isEqualTo(401);
    assertThat(text(video(RECORDED, token))).contains("has expired");
  }

  @Test
  void foreignAlteredAndMalformedTokensAreRefusedAndNotRepeated() {
    byte[] otherKey = new byte[32];
    otherKey[0] = 1;
    MediaGrant everything =
        new MediaGrant(
            new CameraId("gate"),
            true,
            RECORDED,
            TestServer.NOW.plus(Duration.ofHours(1)),
            TestServer.OPERATOR.account());
    String foreign = new MediaTokens(otherKey, server.clock).issue(everything);
    String own = server.tokens.issue(everything);
    char last = own.charAt(5);
    String altered = own.substring(0, 5) + (last == 'A' ? 'B' : 'A') + own.substring(6);
    for (String token : new String[] {foreign, altered, own + "A", "x", ".", "a.b", "%00."}) {
      HttpResponse<byte[]> answer = video(RECORDED, token);
      assertThat(answer.statusCode()).as(token).isEqualTo(401);
      assertThat(text(answer)).contains("the media token");
      if (token.length() > 3) {
        assertThat(text(answer)).doesNotContain(token);
      }
    }
    assertThat(video(RECORDED, "").statusCode()).isEqualTo(400);
    assertThat(video(RECORDED, "a".repeat(513)).statusCode()).isEqualTo(400);
    assertThat(video(RECORDED, own).statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenIsNoRightToGiveOutOthers() {
    String token = issued("{\"live\":true}").getString("token");
    HttpResponse<byte[]> answer =
        server.send(server.json(GATE + "/media-tokens?token=" + token, "POST", "{\"live\":true}"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(text(answer)).doesNotContain(token);
  }

  @Test
  void metricsDoNotRepeatTokens() {
    String token = issued("{\"live\":true}").getString("token");
    snapshot("", token);
    assertThat(text(server.get("/metrics"))).contains("getSnapshot").doesNotContain(token);
  }
}
