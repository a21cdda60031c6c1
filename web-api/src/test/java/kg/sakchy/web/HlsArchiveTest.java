package kg.sakchy.web;

import static kg.sakchy.web.TestServer.GATE_MAIN;
import static kg.sakchy.web.TestServer.header;
import static kg.sakchy.web.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.ExternalTool;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Playlists of what was recorded earlier. */
class HlsArchiveTest {
  private static final String HLS = "/api/v1/cameras/gate/hls/";
  private static final Instant START = TestServer.NOW.minus(Duration.ofHours(1));
  private final TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private RecordedRun record(String clip, Instant start, long run) {
    RecordedRun recorded = RecordedRun.cut(GATE_MAIN, clip, start, run, 3);
    server.archive.add(recorded);
    return recorded;
  }

  private static String path(Instant from, Instant to) {
    return HLS + "main.m3u8?from=" + from + "&to=" + to;
  }

  private PlaylistRules playlist(String path) {
    HttpResponse<byte[]> answer = server.get(path);
    assertThat(answer.statusCode()).as(path + " " + text(answer)).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/vnd.apple.mpegurl");
    return PlaylistRules.check(text(answer));
  }

  private byte[] media(String uri) {
    HttpResponse<byte[]> answer = server.get(HLS + uri);
    assertThat(answer.statusCode()).as(uri + " " + text(answer)).isEqualTo(200);
    return answer.body();
  }

  @Test
  void aRangeIsAllOfItsPicturesAndNoObjectIsReadForTheList() {
    record("run.mp4", START, 1);
    PlaylistRules playlist = playlist(path(START, START.plusSeconds(12)));
    assertThat(playlist.ended).isTrue();
    assertThat(playlist.segments).extracting(PlaylistRules.Segment::seconds).containsOnly(4.0);
    assertThat(playlist.segments.getFirst().date()).isEqualTo(START);
    assertThat(server.archive.bytesRead()).isZero();
    byte[] init = media(String.valueOf(playlist.segments.getFirst().map()));
    assertThat(server.archive.bytesRead()).as("the init segment is in the index").isZero();
    List<String> samples = new ArrayList<>();
    playlist.segments.forEach(
        segment -> samples.addAll(HlsMedia.samples(init, media(segment.uri()))));
    byte[] clip = RecordedRun.clip("run.mp4");
    assertThat(samples).hasSize(300).isEqualTo(HlsMedia.samples(clip, clip));
  }

  @Test
  void gapsAndOtherFormatsAreSaid() {
    record("run.mp4", START, 1);
    record("other-size.mp4", START.plusSeconds(12), 2);
    record("run.mp4", START.plusSeconds(26), 3);
    PlaylistRules playlist = playlist(path(START, START.plusSeconds(60)));
    assertThat(playlist.segments)
        .extracting(PlaylistRules.Segment::gap)
        .containsExactly(false, false, false, false, true, false, false, false);
    assertThat(playlist.segments)
        .extracting(PlaylistRules.Segment::discontinuity)
        .containsExactly(false, false, false, true, false, true, false, false);
    assertThat(playlist.segments.get(5).date()).isEqualTo(START.plusSeconds(26));
    assertThat(playlist.segments.get(3).map()).isNotEqualTo(playlist.segments.get(2).map());
    assertThat(media(String.valueOf(playlist.segments.get(3).map()))).isNotEmpty();
  }

  @Test
  void aSegmentThatRetentionTookIsAnsweredInWords() {
    RecordedRun run = record("run.mp4", START, 1);
    PlaylistRules playlist = playlist(path(START, START.plusSeconds(12)));
    for (Segment segment : run.segments()) {
      server.archive.lose(segment);
    }
    assertThat(server.get(HLS + playlist.segments.getFirst().uri()).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "?from=2026-11-22T11:00:00Z&to=2026-11-22T11:00:00Z,400,to",
    "?from=2026-11-22T11:00:00Z&to=2026-11-22T10:00:00Z,400,to",
    "?from=2025-10-01T00:00:00Z&to=2026-11-05T00:00:00Z,400,24 hours",
    "?from=2027-01-01T00:00:00Z,400,future",
    "?to=2026-11-22T11:00:00Z,400,from",
    "?from=yesterday,400,from",
    "?from=2026-11-22T10:00:00Z&to=2026-11-22T10:59:00Z,404,recordings reach from",
    "?from=2026-11-22T11:30:00Z&to=2026-11-22T11:31:00Z,404,recordings reach from",
    "?from=2026-11-22T11:00:00Z&_HLS_msn=99999999999999999999,400,_HLS_msn",
    "?from=2026-11-22T11:00:00Z&_HLS_part=1,400,_HLS_msn",
    "?speed=2,400,speed"
  })
  void whatMakesNoSenseIsRefusedInWords(String query, int status, String word) {
    record("run.mp4", START, 1);
    HttpResponse<byte[]> answer = server.get(HLS + "main.m3u8" + query);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(text(answer)).contains(word);
  }

  @ParameterizedTest
  @CsvSource({
    "x",
    "s.m4s",
    "s1-2-3-4.m4s",
    "s1-2-4-3.m4s",
    "i1-2.mp4",
    "p1-2.m4s",
    "szzzzzzzzzzz-zzzzzzzzzzz-zzzzzzzzzzy-zzzzzzzzzzz.m4s",
    "gap.m4s",
    "..%2F..%2Fetc"
  })
  void mediaThatIsNotThereIsNotFound(String file) {
    record("run.mp4", START, 1);
    assertThat(server.get(HLS + "main/" + file).statusCode()).isEqualTo(404);
  }

  @Test
  void aTokenTravelsOnAndCoversWhatItSaysOnly() {
    record("run.mp4", START, 1);
    TimeRange range = new TimeRange(START, START.plusSeconds(8));
    String token =
        token(
            new MediaGrant(
                TestServer.GATE, false, range, expires(), TestServer.OPERATOR.account()));
    PlaylistRules playlist = playlist(path(START, START.plusSeconds(8)) + "&token=" + token);
    assertThat(playlist.segments).hasSize(2);
    assertThat(playlist.segments).allMatch(segment -> segment.uri().endsWith("?token=" + token));
    assertThat(media(playlist.segments.getFirst().uri())).isNotEmpty();
    assertThat(media(String.valueOf(playlist.segments.getFirst().map()))).isNotEmpty();
    PlaylistRules wide = playlist(path(START, START.plusSeconds(12)));
    String outside = HLS + wide.segments.getLast().uri() + "?token=" + token;
    assertThat(server.get(outside).statusCode()).isEqualTo(403);
    assertThat(server.get(path(START, START.plusSeconds(12)) + "&token=" + token).statusCode())
        .isEqualTo(403);
    assertThat(server.get(HLS + "main.m3u8?token=" + token).statusCode()).isEqualTo(403);
    server.clock.advance(Duration.ofHours(2));
    assertThat(server.get(HLS + playlist.segments.getFirst().uri()).statusCode()).isEqualTo(401);
  }

  @Test
  void aRightToThePastAloneEndsThePlaylist() {
    record("run.mp4", START, 1);
    TimeRange range = new TimeRange(START, START.plusSeconds(5));
    String token =
        token(
            new MediaGrant(
                TestServer.GATE, false, range, expires(), TestServer.OPERATOR.account()));
    PlaylistRules playlist = playlist(HLS + "main.m3u8?from=" + START + "&token=" + token);
    assertThat(playlist.ended).isTrue();
    assertThat(playlist.segments).hasSize(2);
  }

  @Test
  void aForgedTimeOpensNothingElse() {
    record("run.mp4", START, 1);
    TimeRange range = new TimeRange(START.minusSeconds(60), START.plusSeconds(1));
    String token =
        token(
            new MediaGrant(
                TestServer.GATE, false, range, expires(), TestServer.OPERATOR.account()));
    PlaylistRules wide = playlist(path(START, START.plusSeconds(12)));
    String[] name = wide.segments.get(2).uri().split("-", -1);
    String early = wide.segments.getFirst().uri().split("-", -1)[1];
    String forged = name[0] + "-" + early + "-" + name[2] + "-" + name[3] + "?token=" + token;
    assertThat(server.get(HLS + forged).statusCode()).isEqualTo(404);
  }

  private static Instant expires() {
    return TestServer.NOW.plus(Duration.ofHours(1));
  }

  private String token(MediaGrant grant) {
    return server.tokens.issue(grant);
  }

  @Test
  void ffmpegPlaysEveryPicture(@TempDir Path directory) throws Exception {
    record("run.mp4", START, 1);
    record("run.mp4", START.plusSeconds(20), 2);
    Path out = directory.resolve("hashes");
    ExternalTool.require("ffmpeg")
        .run(
            "-v",
            "error",
            "-i",
            "http://127.0.0.1:" + server.port() + path(START, START.plusSeconds(60)),
            "-c",
            "copy",
            "-f",
            "framehash",
            out.toString());
    long pictures = Files.readAllLines(out).stream().filter(line -> !line.startsWith("#")).count();
    assertThat(pictures).isEqualTo(600);
  }
}
