package kg.sakchy.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kg.sakchy.core.edge.EdgeReplay;
import kg.sakchy.core.edge.EdgeSpan;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.gateway.camera.DialogueScript;
import kg.sakchy.gateway.camera.GatewayExtension;
import kg.sakchy.gateway.camera.ScriptedCamera;
import kg.sakchy.gateway.camera.Scripts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays of a scripted camera's recordings. Its pictures are 40 ms apart, every tenth is a key.
 */
class CameraReplayTest {
  private static final Instant START = Instant.parse("2026-11-22T23:30:00Z");
  private static final Duration FRAME = Duration.ofMillis(40);

  @RegisterExtension final GatewayExtension it = new GatewayExtension(GatewayExtension.HASTY);

  private static DialogueScript recording(String then) {
    return Scripts.playing("!at 2026-11-22T23:30:00Z\n" + then);
  }

  private EdgeReplay.Playback replay(
      ScriptedCamera camera, Duration clockOffset, long millis, ReplayRecorder into) {
    TimeRange range = new TimeRange(START, START.plusMillis(millis));
    return it.gateway()
        .replay()
        .start(
            new EdgeSpan(
                GatewayExtension.ID,
                range,
                GatewayExtension.source(camera.uri("/cam")),
                clockOffset),
            range,
            into);
  }

  private ReplayRecorder replay(ScriptedCamera camera, long millis) {
    ReplayRecorder into = new ReplayRecorder();
    replay(camera, Duration.ZERO, millis, into);
    return into;
  }

  private static List<Instant> every40Millis(int count) {
    return IntStream.range(0, count).mapToObj(i -> START.plus(FRAME.multipliedBy(i))).toList();
  }

  @Test
  void asksForTheRangeAsFastAsItCanBeTakenAndTimesPicturesByTheExtension() throws Exception {
    ScriptedCamera camera = it.camera(recording("!play 100\n!serve"));
    ReplayRecorder got = replay(camera, 2_000);
    assertThat(got.outcome()).isEmpty();
    assertThat(got.times()).isEqualTo(every40Millis(50));
    assertThat(got.formats()).hasSize(1);
    assertThat(got.samples().getFirst().unit().keyFrame()).isTrue();
    assertThat(camera.requests())
        .contains(
            "Range: clock=20261122T233000.000Z-20261122T233002.000Z",
            "Rate-Control: no",
            "Immediate: yes")
        .anyMatch(line -> line.startsWith("TEARDOWN "));
    assertThat(camera.requests().stream().filter("Require: onvif-replay"::equals))
        .hasSize(2); // SETUP and PLAY
    assertThat(camera.complaints()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("clocks")
  void correctsACameraClockThatIsWrong(String offset, String there, String asked) throws Exception {
    ScriptedCamera camera = it.camera(Scripts.playing("!at " + there + "\n!play 100\n!serve"));
    ReplayRecorder got = new ReplayRecorder();
    replay(camera, Duration.parse(offset), 2_000, got);
    assertThat(got.outcome()).isEmpty();
    assertThat(got.times()).isEqualTo(every40Millis(50));
    assertThat(camera.requests()).anyMatch(line -> line.startsWith("Range: clock=" + asked));
  }

  static Stream<Arguments> clocks() {
    return Stream.of(
        Arguments.of("PT1H", "2026-11-23T00:30:00Z", "20261123T003000.000Z-"),
        Arguments.of("PT-1H", "2026-11-22T22:30:00Z", "20261122T223000.000Z-"),
        Arguments.of("PT3.25S", "2026-11-22T23:30:03.250Z", "20261122T233003.250Z-"));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void endsWhenTheCameraSaysSo(String how) throws Exception {
    ReplayRecorder got = replay(it.camera(recording(how)), 60_000);
    assertThat(got.outcome()).isEmpty();
    assertThat(got.times()).isEqualTo(every40Millis(25));
  }

  static Stream<String> ends() {
    return Stream.of(
        "!play 24\n!mark 16\n!play 1\n!serve", // T
        "!play 25\n!bye\n!serve",
        "!play 24\n!mark 64\n!play 1\n!serve", // E, and silence
        "!play 24\n!mark 64\n!play 1\n!close"); // E, and gone
  }

  @Test
  void silenceAtTheEndOfTheRangeIsTheEnd() throws Exception {
    ReplayRecorder got = replay(it.camera(recording("!play 48\n!serve")), 2_000);
    assertThat(got.outcome()).isEmpty();
    assertThat(got.times()).hasSize(48);
  }

  @Test
  void goesOnBehindABreakWithoutLosingOrRepeatingAnything() throws Exception {
    ScriptedCamera camera =
        it.camera(
            recording("!play 17\n!close"),
            // from the key frame before, on another line of RTP time
            Scripts.playing("!jump 987654\n!at 2026-11-22T23:30:00.400Z\n!play 5\n!close"),
            Scripts.playing("!at 2026-11-22T23:30:00.400Z\n!play 100\n!serve"));
    ReplayRecorder got = replay(camera, 2_000);
    assertThat(got.outcome()).isEmpty();
    assertThat(got.times()).isEqualTo(every40Millis(50));
    assertThat(got.formats()).hasSize(1);
    List<Long> dts = got.samples().stream().map(sample -> sample.unit().dts()).toList();
    for (int i = 1; i < dts.size(); i++) {
      assertThat(dts.get(i) - dts.get(i - 1)).isEqualTo(3_600);
    }
    assertThat(camera.requests())
        .anyMatch(line -> line.startsWith("Range: clock=20261122T233000.640Z-"));
  }

  @Test
  void beginsARunBehindABreakThatTheCameraDoesNotMend() throws Exception {
    ScriptedCamera camera =
        it.camera(
            recording("!play 17\n!close"),
            Scripts.playing("!at 2026-11-22T23:30:00.800Z\n!play 100\n!serve"));
    ReplayRecorder got = replay(camera, 2_000);
    assertThat(got.outcome()).isEmpty();
    assertThat(got.formats()).hasSize(2);
    assertThat(got.times()).hasSize(17 + 30).isSorted().doesNotHaveDuplicates();
    assertThat(got.samples().get(17).discontinuity()).isTrue();
    assertThat(got.samples().get(17).unit().keyFrame()).isTrue();
  }

  @Test
  void tellsOfAHoleInTheRecording() throws Exception {
    String script = "!play 10\n!at 2026-11-22T23:30:01Z\n!mark 32\n!play 100\n!serve";
    ReplayRecorder got = replay(it.camera(recording(script)), 2_000);
    assertThat(got.outcome()).isEmpty();
    assertThat(got.samples().get(10).discontinuity()).isTrue();
    assertThat(got.samples().stream().filter(ReplayRecorder.Sample::discontinuity)).hasSize(1);
  }

  @Test
  void anotherPictureSizeIsAnotherFormat() throws Exception {
    String script = "!play 10\n!resize\n!play 100\n!serve";
    ReplayRecorder got = replay(it.camera(recording(script)), 2_000);
    assertThat(got.outcome()).isEmpty();
    assertThat(got.formats())
        .extracting(format -> format.video().width())
        .containsExactly(640, 320);
    assertThat(got.times()).isEqualTo(every40Millis(50));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void saysInWordsWhyThereIsNothing(DialogueScript script, String outcome) throws Exception {
    assertThat(replay(it.camera(script), 2_000).outcome()).contains(outcome);
  }

  static Stream<Arguments> refusals() {
    String setUpRefused =
        Scripts.described(Scripts.VIDEO)
            + "C: SETUP rtsp://127.0.0.1:{port}/cam/video RTSP/1.0\n"
            + "S: RTSP/1.0 551 Option not supported\nS: CSeq: {cseq}\n";
    String playRefused =
        Scripts.described(Scripts.VIDEO)
            + Scripts.setUp("video", "")
            + "C: PLAY rtsp://127.0.0.1:{port}/cam RTSP/1.0\n"
            + "S: RTSP/1.0 457 Invalid Range\nS: CSeq: {cseq}\n";
    return Stream.of(
        Arguments.of(DialogueScript.parse(setUpRefused), "UNSUPPORTED: the camera does not play"),
        Arguments.of(DialogueScript.parse(playRefused), "NOT_FOUND: the camera has no recording"),
        Arguments.of(
            Scripts.refusing("401 Unauthorized", "S: WWW-Authenticate: Basic realm=\"x\"\n"),
            "UNAUTHENTICATED: the camera asks for user and password"),
        Arguments.of(recording("!serve"), "TIMEOUT: connected, but the camera sends no video"),
        Arguments.of(recording("!play 12\n!silent"), "TIMEOUT: "),
        Arguments.of(recording("!frames 50\n!serve"), "UNSUPPORTED: the camera's replay does not"),
        Arguments.of(
            recording("!extension 0000000000000000a5ffffff\n!play 50\n!serve"),
            "UNSUPPORTED: the camera's replay does not tell"), // no time
        Arguments.of(
            recording("!extension ffffffff\n!play 50\n!serve"),
            "UNSUPPORTED: the camera's replay does not tell"), // too short
        Arguments.of(
            Scripts.playing("!at 2026-11-22T20:00:00Z\n!play 50\n!serve"),
            "FAILED_PRECONDITION: the camera plays from 2026-11-22T20:00:00Z"),
        Arguments.of(
            Scripts.playing("!at 2026-11-23T20:00:00Z\n!play 50\n!serve"),
            "NOT_FOUND: the camera has nothing before 2026-11-23T20:00:00Z"));
  }

  @Test
  void aListenerThatBlocksMakesTheCameraWait() throws Exception {
    int pictures = 2_000;
    CountDownLatch gate = new CountDownLatch(1);
    ReplayRecorder got = new ReplayRecorder(gate);
    ScriptedCamera camera = it.camera(recording("!size 20000\n!play " + pictures + "\n!serve"));
    replay(camera, Duration.ZERO, 40L * (pictures - 25), got);
    it.eventually(() -> camera.played() > 0);
    int before = -1;
    long still = 0;
    while (still < 2_000_000_000L) { // longer than a stall may last
      int now = camera.played();
      long since = System.nanoTime();
      int last = now;
      it.eventually(() -> camera.played() != last || System.nanoTime() - since > 250_000_000L);
      still = now == before ? still + System.nanoTime() - since : 0;
      before = now;
    }
    assertThat(camera.played()).isLessThan(pictures); // 40 MB do not fit anywhere
    assertThat(got.hasEnded()).isFalse();
    gate.countDown();
    assertThat(got.outcome()).isEmpty();
    assertThat(got.times()).isEqualTo(every40Millis(pictures - 20)); // up to a key frame
    assertThat(camera.connections()).isEqualTo(1);
  }

  @Test
  void playsOneRecordingOfADeviceAtATime() throws Exception {
    ScriptedCamera camera = it.camera(recording("!play 100\n!serve"));
    ReplayRecorder first = replay(camera, 2_000);
    ReplayRecorder second = replay(camera, 800);
    assertThat(first.outcome()).isEmpty();
    assertThat(second.outcome()).isEmpty();
    assertThat(second.times()).isEqualTo(every40Millis(20));
    assertThat(camera.mostOpen()).isEqualTo(1);
  }

  @Test
  void closingEndsItWithTeardown() throws Exception {
    ScriptedCamera camera = it.camera(recording("!play 10\n!serve"));
    ReplayRecorder got = new ReplayRecorder();
    EdgeReplay.Playback playback = replay(camera, Duration.ZERO, 60_000, got);
    it.eventually(() -> got.samples().size() >= 5);
    playback.close();
    playback.close();
    assertThat(got.outcome()).startsWith("CANCELLED");
    camera.await("TEARDOWN");
  }

  @Test
  void picturesWhoseTimeStandsStillAreGivenUp() throws Exception {
    assertThat(replay(it.camera(recording("!play 10\n!standstill")), 60_000).outcome())
        .startsWith("DATA_LOSS: the camera sends pictures whose time stands still");
  }
}
