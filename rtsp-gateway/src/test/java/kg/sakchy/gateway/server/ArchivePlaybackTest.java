package kg.sakchy.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import kg.sakchy.core.Eventually;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.media.rtcp.RtcpPacket;
import kg.sakchy.media.rtp.ReplayExtension;
import kg.sakchy.media.rtp.RtpPacket;
import kg.sakchy.media.rtsp.ClockRange;
import kg.sakchy.media.rtsp.RtspResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The archive of a camera that is not there any more: clips of six seconds with key frames each.
 */
class ArchivePlaybackTest {
  private static final StreamId STREAM = StreamId.main(new CameraId("gate"));
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration PICTURE = Duration.ofMillis(50);
  @RegisterExtension final ServerExtension it = new ServerExtension();

  /** A unit as its first packet tells it. */
  private record Unit(ReplayExtension stamp, long time, int sequence) {
    Duration since(Instant start) {
      return Duration.between(start, stamp.time());
    }
  }

  @BeforeEach
  void serve() {
    it.start();
  }

  private List<Segment> record(Duration after) {
    return RecordedClip.H264.record(it.archive(), STREAM, START.plus(after), 2);
  }

  private RtspViewer viewer() throws IOException {
    return new RtspViewer(it.address("gate/main")).setUp(2, "Require", "onvif-replay");
  }

  private static String range(long fromMillis, long toMillis) {
    return new ClockRange(START.plusMillis(fromMillis), START.plusMillis(toMillis)).format();
  }

  private static RtspResponse play(RtspViewer viewer, String range, String... more)
      throws IOException {
    List<String> fields =
        new ArrayList<>(List.of("Require", "onvif-replay", "Range", range, "Rate-Control", "no"));
    fields.addAll(List.of(more));
    return viewer.play(fields.toArray(String[]::new));
  }

  /** The pictures up to RTCP's farewell. */
  private static List<Unit> pictures(RtspViewer viewer) throws IOException {
    List<Unit> units = new ArrayList<>();
    int sequence = -1;
    while (true) {
      RtspViewer.Frame frame = viewer.frame();
      if (frame.channel() == 1
          && frame.rtcp().stream().anyMatch(RtcpPacket.Bye.class::isInstance)) {
        return units;
      }
      if (frame.channel() == 0) {
        RtpPacket packet = frame.rtp();
        assertThat(sequence < 0 || packet.sequence() == ((sequence + 1) & 0xffff)).isTrue();
        sequence = packet.sequence();
        @Nullable ReplayExtension stamp = ReplayExtension.of(packet);
        if (stamp != null) {
          units.add(new Unit(stamp, packet.timestamp(), sequence));
        }
      }
    }
  }

  private static List<Instant> times(List<Unit> units) {
    return units.stream().map(unit -> unit.stamp().time()).sorted().toList();
  }

  private static List<Instant> every50Millis(long fromMillis, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> START.plusMillis(fromMillis).plus(PICTURE.multipliedBy(i)))
        .toList();
  }

  @Test
  void playsARangeFromTheKeyFrameBeforeToItsEnd() throws Exception {
    record(Duration.ZERO);
    try (RtspViewer viewer = viewer()) {
      RtspResponse response = play(viewer, range(1_400, 4_500));
      RtspViewer.expect(200, response);
      List<Unit> units = pictures(viewer);

      assertThat(response.headers().get("Range")).isEqualTo(range(1_000, 4_500));
      assertThat(times(units)).startsWith(every50Millis(1_000, 70).toArray(Instant[]::new));
      assertThat(units.size()).isBetween(70, 74); // pictures shown before the end need some behind
      Unit first = units.getFirst();
      assertThat(first.stamp().cleanPoint()).isTrue();
      assertThat(first.stamp().discontinuity()).isTrue();
      assertThat(first.stamp().cseq()).isEqualTo(response.headers().cseq());
      assertThat(response.headers().get("RTP-Info"))
          .contains("track0;seq=" + first.sequence() + ";rtptime=" + first.time());
      assertThat(units.stream().filter(unit -> unit.stamp().terminal()).toList())
          .containsExactly(units.getLast());
      assertThat(units.stream().filter(unit -> unit.stamp().discontinuity())).hasSize(1);
    }
  }

  @Test
  void rtpTimeFollowsTheRecordedTime() throws Exception {
    record(Duration.ZERO);
    try (RtspViewer viewer = viewer()) {
      RtspViewer.expect(200, play(viewer, range(0, 6_000)));
      List<Unit> units = pictures(viewer);

      assertThat(units).hasSize(120);
      Unit first = units.getFirst();
      for (Unit unit : units) {
        assertThat((unit.time() - first.time()) & 0xffff_ffffL)
            .isEqualTo(unit.since(START).toMillis() * 90);
      }
    }
  }

  @Test
  void marksAHoleAndClosesItInRtpTime() throws Exception {
    record(Duration.ZERO);
    record(Duration.ofMinutes(10));
    try (RtspViewer viewer = viewer()) {
      RtspViewer.expect(200, play(viewer, range(0, 606_000)));
      List<Unit> units = pictures(viewer);

      assertThat(units).hasSize(240);
      assertThat(units.get(119).stamp().sectionEnd()).isTrue();
      assertThat(units.get(120).stamp().discontinuity()).isTrue();
      assertThat(units.get(120).stamp().time()).isEqualTo(START.plusSeconds(600));
      assertThat((units.get(120).time() - units.get(119).time()) & 0xffff_ffffL).isLessThan(90_000);
    }
  }

  @Test
  void deletedSegmentsAreAHole() throws Exception {
    List<Segment> segments = record(Duration.ZERO);
    it.archive().lose(segments.get(1));
    try (RtspViewer viewer = viewer()) {
      RtspViewer.expect(200, play(viewer, range(0, 6_000)));
      List<Unit> units = pictures(viewer);

      assertThat(units).hasSize(80);
      assertThat(units.get(40).stamp().discontinuity()).isTrue();
      assertThat(units.get(40).stamp().time()).isEqualTo(START.plusSeconds(4));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-1.0, '', 120",
    "-2.0, '', 120",
    "-8.0, '', 6",
    "-1.0, intra, 6",
    "8.0, '', 6",
    "1.0, intra, 6",
    "1.0, intra/2000, 3",
    "1.0, predicted, 120"
  })
  void scalesAndFrames(String scale, String frames, int pictures) throws Exception {
    record(Duration.ZERO);
    boolean backwards = scale.startsWith("-");
    String range = backwards ? range(5_999, 0) : range(0, 6_000);
    try (RtspViewer viewer = viewer()) {
      RtspResponse response =
          play(viewer, range, "Scale", scale, "Frames", frames.isEmpty() ? "all" : frames);
      RtspViewer.expect(200, response);
      List<Unit> units = pictures(viewer);

      assertThat(Double.parseDouble(Objects.requireNonNull(response.headers().get("Scale"))))
          .isEqualTo(Double.parseDouble(scale));
      assertThat(units).hasSize(pictures);
      List<Instant> keys =
          units.stream()
              .filter(unit -> unit.stamp().cleanPoint())
              .map(unit -> unit.stamp().time())
              .toList();
      assertThat(keys)
          .isEqualTo(
              backwards
                  ? keys.stream().sorted().toList().reversed()
                  : keys.stream().sorted().toList());
      if (backwards && pictures == 120) {
        assertThat(units.stream().filter(unit -> unit.stamp().discontinuity())).hasSize(6);
      }
      for (int i = 1; i < keys.size() && pictures < 120; i++) {
        assertThat((units.get(i).time() - units.get(i - 1).time()) & 0xffff_ffffL)
            .isBetween(1L, 1_000_000L);
      }
    }
  }

  @Test
  void anOpenRangeFollowsTheRecording() throws Exception {
    StoredArchive recorder = new StoredArchive();
    List<Segment> whole = RecordedClip.H264.record(recorder, STREAM, START, 3);
    Segment first = whole.getFirst();
    it.archive().copy(recorder, first, first.keyFrames().offset(2)); // as if two seconds old
    try (RtspViewer viewer = viewer()) {
      RtspViewer.expect(200, play(viewer, new ClockRange(START, null).format()));
      assertThat(stamps(viewer, 39).getLast().stamp().time()).isBefore(START.plusSeconds(2));
      it.archive().copy(recorder, first, first.sizeBytes());
      it.archive().copy(recorder, whole.get(1), whole.get(1).sizeBytes());
      List<Unit> rest = stamps(viewer, 80);

      assertThat(rest.getLast().stamp().time()).isAfter(START.plusMillis(5_700));
      assertThat(rest.stream().noneMatch(unit -> unit.stamp().discontinuity())).isTrue();
    }
  }

  /** The next pictures, of which one is always held back. */
  private static List<Unit> stamps(RtspViewer viewer, int count) throws IOException {
    List<Unit> units = new ArrayList<>();
    while (units.size() < count) {
      RtpPacket packet = viewer.packet(0);
      ReplayExtension stamp = ReplayExtension.of(packet);
      if (stamp != null) {
        units.add(new Unit(stamp, packet.timestamp(), packet.sequence()));
      }
    }
    return units;
  }

  @Test
  void keepsTimeIfItShould() throws Exception {
    record(Duration.ZERO);
    try (RtspViewer viewer = viewer()) {
      long began = System.nanoTime();
      RtspViewer.expect(
          200, viewer.play("Require", "onvif-replay", "Range", range(0, 2_000), "Scale", "2.0"));
      List<Unit> units = pictures(viewer);
      long millis = (System.nanoTime() - began) / 1_000_000;

      assertThat(units.size()).isBetween(40, 43);
      assertThat(millis).isBetween(900L, 5_000L);
      assertThat((units.get(20).time() - units.getFirst().time()) & 0xffff_ffffL)
          .isEqualTo(units.get(20).since(START).toMillis() * 45); // twice as fast
    }
  }

  @Test
  void pausesAndGoesOn() throws Exception {
    record(Duration.ZERO);
    try (RtspViewer viewer = viewer()) {
      RtspViewer.expect(200, viewer.play("Require", "onvif-replay", "Range", range(0, 6_000)));
      viewer.packet(0);
      RtspViewer.expect(200, viewer.request("PAUSE", viewer.base()));
      viewer.forgetFrames();
      RtspViewer.expect(200, viewer.play("Require", "onvif-replay", "Rate-Control", "no"));
      List<Unit> units = pictures(viewer);

      assertThat(units.getFirst().stamp().time()).isBefore(START.plusSeconds(3));
      assertThat(units.getLast().stamp().terminal()).isTrue();
      assertThat(times(units).getLast()).isEqualTo(START.plusMillis(5_950));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "clock=20260301T110000Z-20260301T115900Z, 457", // before the first
    "clock=20260301T130000Z-20260301T140000Z, 457", // behind the last
    "clock=20260301T120001Z-20260301T120001Z, 457", // empty
    "clock=20260301T120002Z-20260301T120001Z, 457", // ends before it begins
    "clock=29990301T120000Z-, 457", // in the future
    "clock=20250301T120000Z-20260405T120000Z, 200", // 400 days
    "clock=20260301T115900Z-20260301T120001Z, 200", // begins before the first
    "clock=20261341T120000Z-, 457",
    "smpte=10:07:00-, 457"
  })
  void rangesOfAllKinds(String range, int status) throws Exception {
    record(Duration.ZERO);
    try (RtspViewer viewer = viewer()) {
      RtspViewer.expect(status, play(viewer, range));
      if (status == 200) {
        assertThat(pictures(viewer).getFirst().stamp().time()).isEqualTo(START);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"Scale, 0", "Scale, fast", "Frames, none"})
  void fieldsThatAreNotUnderstood(String field, String value) throws Exception {
    record(Duration.ZERO);
    try (RtspViewer viewer = viewer()) {
      RtspViewer.expect(456, play(viewer, range(0, 1_000), field, value));
    }
  }

  @Test
  void anotherCodecNeedsAnotherDescription() throws Exception {
    record(Duration.ZERO);
    RecordedClip.H265.record(it.archive(), STREAM, START.plusSeconds(60), 2);
    try (RtspViewer viewer = new RtspViewer(it.address("gate/main"))) {
      RtspResponse newest = viewer.request("DESCRIBE", viewer.base());
      RtspResponse old = viewer.request("DESCRIBE", viewer.base(), "Range", range(0, 1_000));
      assertThat(newest.text()).contains("H265");
      assertThat(old.text()).contains("H264");
      viewer.setUpTrack(0, "RTP/AVP/TCP;unicast;interleaved=0-1");
      RtspViewer.expect(415, play(viewer, range(60_000, 61_000)));
      RtspViewer.expect(200, play(viewer, range(0, 66_000)));
      viewer.awaitClosed(); // where the codec changes
    }
  }

  @Test
  void fiftySeeksASecondAreServed() throws Exception {
    record(Duration.ZERO);
    try (RtspViewer viewer = viewer()) {
      for (int i = 0; i < 100; i++) {
        long second = i % 6;
        int cseq =
            viewer.send(
                "PLAY",
                viewer.base(),
                "Require",
                "onvif-replay",
                "Range",
                range(second * 1_000, 6_000),
                "Immediate",
                "yes");
        RtspResponse response = viewer.response();
        assertThat(response.headers().cseq()).isEqualTo(cseq);
        RtspViewer.expect(200, response);
        viewer.forgetFrames();
      }
      RtspResponse last = play(viewer, range(0, 1_000));
      RtspViewer.expect(200, last);
      Instant begun =
          pictures(viewer).stream()
              .map(Unit::stamp)
              .filter(stamp -> stamp.cseq() == (last.headers().cseq() & 0xff))
              .findFirst()
              .orElseThrow()
              .time();
      assertThat(begun).isEqualTo(START);
      assertThat(it.metric("sakchy.rtsp.playbacks")).isEqualTo(1);
    }
    Eventually.holds("nobody plays", () -> it.metric("sakchy.rtsp.playbacks") == 0);
  }
}
