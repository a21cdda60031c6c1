package kg.sakchy.web;

import static kg.sakchy.web.TestServer.GATE_MAIN;
import static kg.sakchy.web.TestServer.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.mp4.FragmentSample;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The media socket: live, archive, from one into the other; and clients of every bad kind. */
class MediaSocketTest {
  private static final Instant START = NOW.minusSeconds(3_600);

  private final TestServer server = TestServer.start();
  private final ClipStream camera = new ClipStream(server.clock, "run.mp4");

  @BeforeEach
  void open() {
    server.views.put(camera);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private MediaClient connect() {
    return new MediaClient(server.port(), "gate");
  }

  /** A run of twelve seconds in three segments. */
  private void record(Instant start, long run) {
    server.archive.add(RecordedRun.cut(GATE_MAIN, "run.mp4", start, run, 4));
  }

  private void send(int pictures) {
    for (int i = 0; i < pictures; i++) {
      camera.next();
      server.clock.advance(ClipStream.lasting(1));
    }
  }

  private static void assertNoGaps(List<FragmentSample> samples) {
    for (int i = 1; i < samples.size(); i++) {
      FragmentSample before = samples.get(i - 1);
      assertThat(samples.get(i).dts() - before.dts())
          .as("from %s to %s", before, samples.get(i))
          .isPositive()
          .isLessThan(2 * before.duration());
    }
  }

  private static Instant utc(JsonObject mapping, double mediaTime) {
    long micros = Math.round((mediaTime - mapping.getDouble("mediaTime")) * 1e6);
    return Instant.parse(mapping.getString("utc")).plus(Duration.ofNanos(micros * 1_000));
  }

  @Test
  void liveBeginsWithTheLastKeyFrameAndGoesOnFrameByFrame() {
    send(30);
    try (MediaClient client = connect()) {
      client.play(7, "");
      JsonObject begin = client.next("begin");
      assertThat(begin.getInteger("sequence")).isEqualTo(7);
      assertThat(begin.getBoolean("live")).isTrue();
      assertThat(begin.getString("delivery")).isEqualTo("original");
      assertThat(begin.getString("mediaType")).startsWith("video/mp4; codecs=\"avc1.");
      assertThat(begin.getInteger("width")).isEqualTo(160);
      assertThat(client.init().video()).isPresent();
      JsonObject mapping = client.next("mapping");
      MediaClient.Message.Media burst = client.media();
      assertThat(burst.samples()).as("the group of pictures so far").hasSize(5);
      assertThat(burst.samples().getFirst().keyFrame()).isTrue();
      assertThat(utc(mapping, begin.getDouble("mediaTime")))
          .isEqualTo(NOW.plus(ClipStream.lasting(25)));

      List<FragmentSample> samples = new ArrayList<>(burst.samples());
      for (int i = 0; i < 30; i++) {
        send(1);
        MediaClient.Message.Media one = client.media();
        assertThat(one.samples()).hasSize(1);
        samples.addAll(one.samples());
      }
      assertNoGaps(samples);
      assertThat(samples).extracting(FragmentSample::duration).containsOnly(3_600L);
    }
    Await.until("nobody listens", () -> camera.viewers() == 0 && server.views.open() == 0);
  }

  @Test
  void lostPicturesLeaveNoGapAndMoveTheMeaningOfMediaTime() {
    send(3);
    try (MediaClient client = connect()) {
      client.play(1, "");
      JsonObject first = client.next("mapping");
      List<FragmentSample> samples = new ArrayList<>(client.media().samples());
      camera.lose(20);
      server.clock.advance(ClipStream.lasting(20));
      send(1);
      JsonObject second = client.next("mapping");
      samples.addAll(client.media().samples());
      assertNoGaps(samples);
      Duration moved =
          Duration.between(
              utc(first, second.getDouble("mediaTime")),
              utc(second, second.getDouble("mediaTime")));
      assertThat(moved).isBetween(ClipStream.lasting(18), ClipStream.lasting(20));
    }
  }

  @Test
  void aCameraThatGoesAwayIsToldInWordsAndComesBackWithoutAGap() {
    send(2);
    try (MediaClient client = connect()) {
      client.play(1, "");
      List<FragmentSample> samples = new ArrayList<>(client.samples(2));
      camera.goAway();
      JsonObject interrupted = client.next("interrupted");
      assertThat(interrupted.getString("message")).isEqualTo("the camera does not answer");
      assertThat(interrupted.getString("cause")).isEqualTo("network");
      server.clock.advance(Duration.ofMinutes(1));
      camera.comeBack();
      send(2);
      assertThat(client.next("resumed")).isNotNull();
      samples.addAll(client.samples(1));
      assertNoGaps(samples);
    }
  }

  @Test
  void aFormatThatChangesInMidSessionGetsItsOwnInitSegment() {
    send(2);
    try (MediaClient client = connect()) {
      client.play(1, "");
      List<FragmentSample> samples = new ArrayList<>(client.samples(2));
      camera.change("other-size.mp4");
      send(2);
      JsonObject format = client.next("format");
      assertThat(format.getInteger("width")).isEqualTo(192);
      assertThat(client.init().describe()).contains("192x144");
      samples.addAll(client.samples(1));
      assertThat(samples.getLast().dts()).isGreaterThan(samples.getFirst().dts());
    }
  }

  @Test
  void picturesNobodyCanPlayAreAnAnswerInWords() {
    camera.changeTo(
        new StreamFormat(
            List.of(
                new TrackFormat.Video(
                    Codec.H265, 90_000, Bytes.EMPTY, 1920, 1080, "hvc1.1.6.L120.90"))));
    try (MediaClient client = connect()) {
      client.play(3, "");
      JsonObject problem = client.next("problem");
      assertThat(problem.getInteger("sequence")).isEqualTo(3);
      assertThat(problem.getJsonObject("problem").getString("code"))
          .isEqualTo(ErrorKind.UNSUPPORTED.code());
      assertThat(problem.getJsonObject("problem").getString("detail")).contains("H265");
    }
  }

  @Test
  void aMomentOfTheArchiveBeginsWithTheKeyFrameBeforeIt() {
    record(START, 1);
    try (MediaClient client = connect()) {
      client.playAt(1, START.plusMillis(5_300));
      JsonObject begin = client.next("begin");
      assertThat(begin.getBoolean("live")).isFalse();
      JsonObject mapping = client.next("mapping");
      assertThat(Instant.parse(mapping.getString("utc"))).isEqualTo(START.plusSeconds(5));
      assertThat(utc(mapping, begin.getDouble("mediaTime"))).isEqualTo(START.plusMillis(5_300));
      List<FragmentSample> samples = client.samples(100);
      assertThat(samples.getFirst().keyFrame()).isTrue();
      assertNoGaps(samples);
    }
  }

  @Test
  void theArchiveIsSentAsFarAheadAsTheClientPlays() {
    record(START, 1);
    record(START.plusSeconds(12), 2);
    record(START.plusSeconds(24), 3);
    try (MediaClient client = connect()) {
      client.playAt(1, START);
      List<FragmentSample> samples = new ArrayList<>(client.samples(250));
      Await.until("no more comes", () -> client.rest().isEmpty());
      assertThat(samples.size()).isBetween(250, 275);
      client.position(1, 12);
      samples.addAll(client.samples(250));
      assertNoGaps(samples);
    }
  }

  @Test
  void aGapIsToldWithItsCauseAndClosedUp() {
    record(START, 1);
    record(START.plusSeconds(60), 2);
    TimeRange missing = new TimeRange(START.plusSeconds(12), START.plusSeconds(60));
    server.archive.gaps.put(
        new Gap(GATE_MAIN, Gap.Kind.MISSING, missing, GapCause.NETWORK, "the cable was cut"));
    try (MediaClient client = connect()) {
      client.playAt(1, START.plusSeconds(8));
      JsonObject gap = client.next("gap");
      assertThat(gap.getString("cause")).isEqualTo("network");
      assertThat(gap.getString("detail")).isEqualTo("the cable was cut");
      assertThat(Instant.parse(gap.getString("to"))).isEqualTo(START.plusSeconds(60));
      JsonObject mapping = client.next("mapping");
      assertThat(mapping.getDouble("mediaTime")).isEqualTo(gap.getDouble("mediaTime"));
      assertThat(Instant.parse(mapping.getString("utc"))).isEqualTo(START.plusSeconds(60));
    }
  }

  @Test
  void beforeTheFirstRecordingTheFirstOneIsShown() {
    record(START, 1);
    try (MediaClient client = connect()) {
      client.playAt(1, START.minusSeconds(86_400));
      assertThat(Instant.parse(client.next("gap").getString("to"))).isEqualTo(START);
      client.next("begin");
      assertThat(Instant.parse(client.next("mapping").getString("utc"))).isEqualTo(START);
    }
  }

  @Test
  void theFutureIsRefused() {
    try (MediaClient client = connect()) {
      client.playAt(1, NOW.plusSeconds(60));
      assertThat(client.next("problem").getJsonObject("problem").getString("detail"))
          .contains("future");
    }
  }

  @Test
  void aSegmentThatRetentionTookIsPassedOver() {
    RecordedRun run = RecordedRun.cut(GATE_MAIN, "run.mp4", START, 1, 4);
    server.archive.add(run);
    Segment second = run.segments().get(1);
    server.archive.lose(second);
    try (MediaClient client = connect()) {
      client.playAt(1, START);
      JsonObject gap = client.next("gap");
      assertThat(Instant.parse(gap.getString("from"))).isEqualTo(second.range().start());
      assertThat(Instant.parse(client.next("mapping").getString("utc")))
          .isEqualTo(second.range().end());
    }
  }

  @Test
  void theArchiveGoesOnIntoThePresent() {
    record(NOW.minusSeconds(12), 1);
    send(25);
    try (MediaClient client = connect()) {
      client.playAt(1, NOW.minusSeconds(4));
      client.next("begin");
      List<FragmentSample> samples = new ArrayList<>(client.samples(100));
      JsonObject live = client.next("live");
      send(25);
      samples.addAll(client.samples(25));
      assertThat(live.getDouble("mediaTime")).isPositive();
      for (int i = 1; i < samples.size(); i++) {
        assertThat(samples.get(i).dts() - samples.get(i - 1).dts())
            .isLessThan(2 * samples.get(i - 1).duration());
      }
    }
  }

  @Test
  void fastForwardSendsKeyFramesOnly() {
    record(START, 1);
    try (MediaClient client = connect()) {
      client.play(1, ",\"speed\":8,\"at\":\"" + START + "\"");
      List<FragmentSample> samples = client.samples(12);
      assertThat(samples).allMatch(FragmentSample::keyFrame);
      assertThat(samples).extracting(FragmentSample::duration).containsOnly(90_000L);
      assertNoGaps(samples);
    }
  }

  @Test
  void ofFiftySeeksASecondTheLatestIsServed() {
    record(START, 1);
    try (MediaClient client = connect()) {
      for (int i = 1; i <= 50; i++) {
        client.playAt(i, START.plusMillis(200L * i));
      }
      JsonObject begin = client.next("begin");
      int begins = 1;
      while (begin.getInteger("sequence") != 50) {
        begin = client.next("begin");
        begins++;
      }
      assertThat(begins).isLessThanOrEqualTo(50);
      JsonObject mapping = client.next("mapping");
      assertThat(utc(mapping, begin.getDouble("mediaTime"))).isEqualTo(START.plusSeconds(10));
    }
    Await.until("nothing is open", () -> server.archive.open() == 0);
  }

  @Test
  void aClientThatStopsReadingMissesFramesAndIsTold() {
    send(1);
    try (MediaClient client = connect()) {
      client.play(1, "");
      client.samples(1);
      client.stopReading();
      for (int i = 0; i < 400; i++) {
        camera.sendBytes(i % 25 == 0, 100_000);
        server.clock.advance(ClipStream.lasting(1));
      }
      client.goOnReading();
      Await.until(
          "frames are dropped",
          () -> {
            camera.sendBytes(true, 1_000);
            server.clock.advance(Duration.ofSeconds(1));
            return server.metrics.get("sakchy_media_dropped_frames").counter().count() > 100;
          });
      assertThat(client.next("dropped").getInteger("inAll")).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"type\":\"fly\"}",
        "{\"type\":\"play\"}",
        "{\"type\":\"play\",\"sequence\":1}",
        "{\"type\":\"play\",\"sequence\":-1,\"codecs\":[]}",
        "{\"type\":\"play\",\"sequence\":1,\"codecs\":\"avc1\"}",
        "{\"type\":\"play\",\"sequence\":1,\"codecs\":[7]}",
        "{\"type\":\"play\",\"sequence\":1,\"codecs\":[],\"stream\":\"third\"}",
        "{\"type\":\"play\",\"sequence\":1,\"codecs\":[],\"at\":5}",
        "{\"type\":\"play\",\"sequence\":1,\"codecs\":[],\"at\":\"yesterday\"}",
        "{\"type\":\"play\",\"sequence\":1,\"codecs\":[],\"at\":\"2026-11-22T00:00:00Z\",\"speed\":99}",
        "{\"type\":\"play\",\"sequence\":1,\"codecs\":[],\"speed\":2}",
        "{\"type\":\"play\",\"sequence\":1,\"codecs\":[],\"more\":2}",
        "{\"type\":\"position\",\"sequence\":1,\"mediaTime\":-1}",
        "{\"type\":\"position\",\"sequence\":1,\"mediaTime\":\"1\"}",
        "[]",
        "play"
      })
  void malformedMessagesAreRefusedAndTheSocketLives(String message) {
    try (MediaClient client = connect()) {
      client.send(message);
      assertThat(client.next("problem").getJsonObject("problem").getString("code"))
          .isEqualTo(ErrorKind.INVALID_ARGUMENT.code());
      send(1);
      client.play(2, "");
      assertThat(client.next("begin").getInteger("sequence")).isEqualTo(2);
    }
  }

  @Test
  void anUnknownCameraIsAProblem() {
    try (MediaClient client = new MediaClient(server.port(), "nowhere")) {
      client.play(1, "");
      assertThat(client.next("problem").getJsonObject("problem").getString("code"))
          .isEqualTo(ErrorKind.NOT_FOUND.code());
    }
  }

  @Test
  void aTokenGivesItsRightsAndNoOthers() {
    record(START, 1);
    send(1);
    String token =
        server.tokens.issue(
            new MediaGrant(
                TestServer.GATE,
                false,
                new TimeRange(START, START.plusSeconds(6)),
                NOW.plusSeconds(600),
                TestServer.OPERATOR.account()));
    try (MediaClient client = new MediaClient(server.port(), "gate", "?token=" + token)) {
      client.play(1, "");
      assertRefused(client, 1);
      client.playAt(2, START.plusSeconds(7));
      assertRefused(client, 2);
      client.playAt(3, START.plusSeconds(2));
      client.next("begin");
      assertRefused(client, 3);
    }
    try (MediaClient client = new MediaClient(server.port(), "gate", "?token=x" + token)) {
      assertThat(client.closeStatus()).isEqualTo(1008);
    }
  }

  private static void assertRefused(MediaClient client, int sequence) {
    JsonObject problem = client.next("problem");
    assertThat(problem.getInteger("sequence")).isEqualTo(sequence);
    assertThat(problem.getJsonObject("problem").getString("code"))
        .isEqualTo(ErrorKind.PERMISSION_DENIED.code());
  }
}
