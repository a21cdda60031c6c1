package kg.sakchy.web;

import static kg.sakchy.web.TestServer.GATE_MAIN;
import static kg.sakchy.web.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.recording.RecordingStatus;
import kg.sakchy.core.time.TimeRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Playlists of a camera that sends and is recorded at the same time. */
class HlsLiveTest {
  private static final String HLS = "/api/v1/cameras/gate/hls/";
  private static final String MAIN = HLS + "main.m3u8";
  private final TestServer server = TestServer.start();
  private final LiveCamera camera = new LiveCamera(GATE_MAIN, server.clock, server.archive, true);

  @BeforeEach
  void begin() {
    server.streams.set(GATE_MAIN, StatusTest.recording(RecordingStatus.State.RECORDING, null));
    server.views.put(camera);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private PlaylistRules playlist(String path) {
    HttpResponse<byte[]> answer = server.get(path);
    assertThat(answer.statusCode()).as(path + " " + text(answer)).isEqualTo(200);
    return PlaylistRules.check(text(answer));
  }

  /** The playlist when it has come to a segment. */
  private PlaylistRules reach(String path, long number) {
    String waiting = path + (path.contains("?") ? "&" : "?") + "_HLS_msn=" + number;
    return playlist(waiting);
  }

  private byte[] media(String uri) {
    HttpResponse<byte[]> answer = server.get(HLS + uri);
    assertThat(answer.statusCode()).as(uri + " " + text(answer)).isEqualTo(200);
    return answer.body();
  }

  @Test
  void thePresentBeginsWithWhatIsRecordedAndGoesOnInParts() {
    camera.seconds(50);
    PlaylistRules first = playlist(MAIN);
    assertThat(first.segments).hasSize(12);
    assertThat(first.hint).isNotNull();
    camera.seconds(10);
    PlaylistRules later = reach(MAIN, first.nextNumber() + 1);
    first.mayBecome(later);
    assertThat(later.segments.getLast().parts()).hasSize(17);
    assertThat(later.trailing.getFirst().independent()).isTrue();
  }

  @Test
  void aMomentOfTheArchiveGoesOnIntoThePresentWithoutASeam() {
    camera.seconds(50);
    String path = MAIN + "?from=" + TestServer.NOW.plusSeconds(7);
    PlaylistRules first = playlist(path);
    assertThat(first.firstNumber()).isZero();
    assertThat(first.single).containsEntry("#EXT-X-PLAYLIST-TYPE", "EVENT");
    playlist(MAIN); // the ring knows its run when this is answered
    camera.seconds(10);
    Await.until("it has come to the present", () -> !playlist(path).trailing.isEmpty());
    PlaylistRules later = playlist(path);
    first.mayBecome(later);
    assertThat(later.nextNumber()).isGreaterThan(first.nextNumber());
    assertThat(later.segments).noneMatch(PlaylistRules.Segment::discontinuity);
    assertThat(later.trailing).isNotEmpty();
  }

  @Test
  void theSameNumbersComeOutOfTheArchiveAlone() {
    camera.seconds(30);
    String path = MAIN + "?from=" + TestServer.NOW.plusSeconds(3);
    playlist(MAIN);
    camera.seconds(45);
    PlaylistRules live = playlist(path);
    server.views.remove(camera);
    try (TestServer restarted = TestServer.startWith(server.archive, server.clock)) {
      HttpResponse<byte[]> answer = restarted.get(path);
      PlaylistRules archived = PlaylistRules.check(text(answer));
      assertThat(archived.segments.size()).isGreaterThan(15);
      live.mayBecome(archived);
    }
  }

  @Test
  void aSegmentIsTheSameMediaFromMemoryAndFromTheArchive() throws Exception {
    camera.seconds(30);
    PlaylistRules first = playlist(MAIN);
    camera.seconds(15);
    PlaylistRules live = reach(MAIN, first.nextNumber() + 2);
    PlaylistRules.Segment segment =
        live.segments.stream().filter(each -> !each.parts().isEmpty()).findFirst().orElseThrow();
    long read = server.archive.bytesRead();
    byte[] fromMemory = media(segment.uri());
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    segment.parts().forEach(part -> parts.writeBytes(media(part.uri())));
    assertThat(parts.toByteArray()).isEqualTo(fromMemory);
    assertThat(server.archive.bytesRead()).as("live media reads no object").isEqualTo(read);
    server.clock.advance(Duration.ofSeconds(21));
    Await.until("the ring has ended", () -> camera.listeners() == 0);
    byte[] fromArchive = media(segment.uri());
    assertThat(server.archive.bytesRead()).isEqualTo(read + fromArchive.length);
    byte[] init = media(String.valueOf(segment.map()));
    assertThat(HlsMedia.samples(init, fromArchive)).isEqualTo(HlsMedia.samples(init, fromMemory));
    assertThat(HlsMedia.samples(init, fromMemory)).hasSize(100);
  }

  @Test
  void whatComesNextIsWaitedForAndNamedBefore() throws Exception {
    camera.seconds(30);
    playlist(MAIN);
    camera.seconds(6);
    PlaylistRules now = playlist(MAIN);
    int parts = now.trailing.size();
    String next = MAIN + "?_HLS_msn=" + now.nextNumber() + "&_HLS_part=" + parts;
    CompletableFuture<PlaylistRules> reload = CompletableFuture.supplyAsync(() -> playlist(next));
    CompletableFuture<byte[]> hinted =
        CompletableFuture.supplyAsync(() -> media(String.valueOf(now.hint)));
    assertThat(reload).isNotDone();
    camera.send(9);
    PlaylistRules then = reload.get(5, TimeUnit.SECONDS);
    List<String> uris = new ArrayList<>();
    then.segments.forEach(segment -> segment.parts().forEach(part -> uris.add(part.uri())));
    then.trailing.forEach(part -> uris.add(part.uri()));
    assertThat(uris).contains(now.hint);
    assertThat(hinted.get(5, TimeUnit.SECONDS)).isNotEmpty();
  }

  @Test
  void tooFarAheadIsRefused() {
    camera.seconds(30);
    PlaylistRules now = playlist(MAIN);
    String path = MAIN + "?_HLS_msn=" + (now.nextNumber() + 2);
    assertThat(server.get(path).statusCode()).isEqualTo(400);
    assertThat(server.get(MAIN + "?_HLS_part=3").statusCode()).isEqualTo(400);
    assertThat(server.get(MAIN + "?_HLS_msn=x").statusCode()).isEqualTo(400);
    assertThat(server.get(MAIN + "?_HLS_msn=-1").statusCode()).isEqualTo(400);
  }

  @Test
  void aDeltaUpdateLeavesOutWhatIsOld() {
    camera.seconds(200);
    String path = MAIN + "?from=" + TestServer.NOW;
    PlaylistRules whole = playlist(path);
    PlaylistRules delta = playlist(path + "&_HLS_skip=YES");
    assertThat(delta.skipped).isGreaterThan(30);
    assertThat(delta.nextNumber()).isEqualTo(whole.nextNumber());
    assertThat(delta.segments.stream().mapToDouble(PlaylistRules.Segment::seconds).sum())
        .as("§4.4.5.2: what is younger than the skip boundary stays")
        .isGreaterThanOrEqualTo(36);
    whole.mayBecome(delta);
  }

  @Test
  void aBrokenConnectionIsAGapAndANewRun() {
    camera.seconds(30);
    String path = MAIN + "?from=" + TestServer.NOW;
    playlist(MAIN);
    camera.seconds(10);
    PlaylistRules before = playlist(path);
    camera.breakFor(Duration.ofSeconds(20));
    camera.seconds(15);
    Await.until("the new run is live", () -> hasGap(path));
    PlaylistRules after = playlist(path);
    before.mayBecome(after);
    int gap = after.segments.stream().map(PlaylistRules.Segment::gap).toList().indexOf(true);
    assertThat(after.segments.get(gap).seconds()).isEqualTo(6);
    assertThat(after.segments.get(gap + 1).discontinuity()).isTrue();
    assertThat(after.segments.get(gap + 1).map()).isNotEqualTo(before.segments.getFirst().map());
    assertThat(server.get(HLS + after.segments.get(gap).uri()).statusCode()).isEqualTo(404);
    assertThat(media(String.valueOf(after.segments.getLast().map()))).isNotEmpty();
    assertThat(media(after.segments.getLast().uri())).isNotEmpty();
  }

  private boolean hasGap(String path) {
    return playlist(path).segments.stream().anyMatch(PlaylistRules.Segment::gap);
  }

  @Test
  void aRingEndsWhenNobodyAsksAnyMore() {
    camera.seconds(30);
    playlist(MAIN);
    assertThat(camera.listeners()).isEqualTo(1);
    server.clock.advance(Duration.ofSeconds(21));
    Await.until("nobody listens", () -> camera.listeners() == 0);
    assertThat(server.views.open()).isZero();
  }

  @Test
  void aCameraNobodyRecordsHasAPresentOnly() {
    server.streams.set(GATE_MAIN, StatusTest.recording(RecordingStatus.State.OFF, null));
    LiveCamera alone = new LiveCamera(GATE_MAIN, server.clock, server.archive, false);
    server.views.put(alone);
    alone.seconds(3);
    PlaylistRules first = playlist(MAIN);
    alone.seconds(12);
    PlaylistRules later = reach(MAIN, first.nextNumber() + 1);
    first.mayBecome(later);
    byte[] init = media(String.valueOf(later.segments.getFirst().map()));
    assertThat(HlsMedia.samples(init, media(later.segments.getLast().uri()))).hasSize(100);
    HttpResponse<byte[]> past = server.get(MAIN + "?from=" + TestServer.NOW);
    assertThat(past.statusCode()).isEqualTo(404);
    assertThat(text(past)).contains("no recordings");
  }

  @Test
  void camerasWithWrongClocksAreShownAtTheSameMoment() {
    StreamId yard = StreamId.main(new CameraId("yard"));
    LiveCamera other = new LiveCamera(yard, server.clock, server.archive, true, "other-size.mp4");
    other.clockError(Duration.ofHours(-3));
    camera.clockError(Duration.ofMinutes(7));
    for (int i = 0; i < 30 * 25; i++) {
      camera.send(1);
      other.sendNow();
    }
    server.clock.advance(Duration.ofMinutes(1));
    String range =
        "?from=" + TestServer.NOW.plusSeconds(9) + "&to=" + TestServer.NOW.plusSeconds(20);
    PlaylistRules one = playlist(MAIN + range);
    PlaylistRules two = playlist("/api/v1/cameras/yard/hls/main.m3u8" + range);
    assertThat(one.segments.size()).isGreaterThan(2);
    assertThat(two.segments.stream().map(PlaylistRules.Segment::date))
        .isEqualTo(one.segments.stream().map(PlaylistRules.Segment::date).toList());
  }

  @Test
  void theMasterPlaylistNamesBothStreams() {
    StreamId sub = new StreamId(TestServer.GATE, StreamName.SUB);
    LiveCamera small = new LiveCamera(sub, server.clock, server.archive, false, "other-size.mp4");
    server.views.put(small);
    camera.seconds(3);
    small.seconds(3);
    HttpResponse<byte[]> answer = server.get(HLS + "master.m3u8");
    List<String> lines = text(answer).lines().toList();
    assertThat(lines).contains("main.m3u8", "sub.m3u8");
    Map<String, String> main =
        PlaylistRules.attributes(
            lines.get(lines.indexOf("main.m3u8") - 1).replace("#EXT-X-STREAM-INF:", ""));
    assertThat(main).containsEntry("RESOLUTION", "160x120").containsKeys("BANDWIDTH", "CODECS");
    assertThat(main.get("CODECS")).startsWith("\"avc1.");
    assertThat(playlist(HLS + "sub.m3u8").hint).isNotNull();
  }

  @Test
  void theMasterPlaylistCarriesMomentAndRightOn() {
    camera.seconds(10);
    String token =
        server.tokens.issue(
            new MediaGrant(
                TestServer.GATE,
                true,
                new TimeRange(TestServer.NOW, TestServer.NOW.plusSeconds(3_600)),
                TestServer.NOW.plusSeconds(3_600),
                TestServer.OPERATOR.account()));
    HttpResponse<byte[]> answer =
        server.get(HLS + "master.m3u8?from=" + TestServer.NOW + "&token=" + token);
    String media =
        text(answer).lines().filter(line -> !line.startsWith("#")).findFirst().orElse("");
    assertThat(media).isEqualTo("main.m3u8?from=" + TestServer.NOW + "&token=" + token);
    assertThat(playlist(HLS + media).segments).isNotEmpty();
    assertThat(TestServer.header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(TestServer.header(server.get(MAIN), "Access-Control-Allow-Origin")).isNull();
  }

  @Test
  void withoutACameraThereIsNothingToSee() {
    assertThat(server.get("/api/v1/cameras/nobody/hls/main.m3u8").statusCode()).isEqualTo(404);
  }
}
