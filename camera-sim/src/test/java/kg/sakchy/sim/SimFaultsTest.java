package kg.sakchy.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kg.sakchy.core.Eventually;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.media.rtcp.RtcpPacket;
import kg.sakchy.media.rtp.RtpPacket;
import kg.sakchy.media.rtsp.RtpInfo;
import kg.sakchy.media.rtsp.RtspResponse;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.SessionDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each knob does what it says, as seen by a client that looks at every byte. */
class SimFaultsTest {
  /** Twice as fast, and in small packets, so that there is much to see in a short time. */
  private static final ClipMedia CLIP =
      ClipMedia.open(TestClips.scene()).options(ClipOptions.DEFAULTS.withSpeed(2));

  private static final Duration MOMENT = Duration.ofMillis(300);

  private final SimServer server =
      SimServer.start(SimOptions.DEFAULTS.withMtu(200).withReportInterval(Duration.ofMillis(200)));
  private final SimFaults faults = new SimFaults();
  private final SimCamera camera = server.addCamera("cam/1", CLIP, faults);

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void describesAndPlaysBothTracks() throws Exception {
    try (Viewer viewer = viewer()) {
      assertThat(viewer.request("OPTIONS", "").headers().get("Public")).contains("DESCRIBE");
      RtspResponse response = viewer.request("DESCRIBE", "?quality=high");
      assertThat(response.headers().get("Content-Base")).isEqualTo(server.uri("cam/1") + "/");
      SessionDescription description = SessionDescription.parse(response.text());
      assertThat(description.media())
          .extracting(MediaDescription::type)
          .containsExactly("video", "audio");
      assertThat(description.media().getFirst().fmtp()).containsKey("sprop-parameter-sets");

      viewer.play();
      assertThat(camera.playing()).isEqualTo(1);
      long last = -1;
      for (Viewer.Frame frame : viewer.next(Viewer.VIDEO, 100)) {
        RtpPacket packet = frame.rtp();
        assertThat(last < 0 || packet.sequence() == ((last + 1) & 0xffff)).isTrue();
        last = packet.sequence();
      }
      assertThat(viewer.next(Viewer.AUDIO, 10)).hasSize(10);
      assertThat(viewer.garbageBytes()).isZero();
    }
  }

  @Test
  void aWrongPathIsNotFound() throws Exception {
    try (Viewer viewer = new Viewer(server.uri("cam/2"))) {
      assertThat(viewer.request("DESCRIBE", "").status()).isEqualTo(404);
      assertThat(viewer.setUp(0).status()).isEqualTo(404);
    }
    try (Viewer viewer = viewer()) {
      assertThat(viewer.request("SETUP", "/track7", "Transport", "RTP/AVP/TCP").status())
          .isEqualTo(404);
    }
  }

  @ParameterizedTest
  @EnumSource
  void asksForThePassword(SimAccess.Scheme scheme) throws Exception {
    camera.protect(new SimAccess(scheme, new Credentials("admin", "correct")));
    try (Viewer viewer = viewer()) {
      assertThat(viewer.request("OPTIONS", "").status()).isEqualTo(200);
      assertThat(viewer.request("DESCRIBE", "").status()).isEqualTo(401);
      viewer.credentials("admin", "wrong");
      assertThat(viewer.request("DESCRIBE", "").status()).isEqualTo(401);
      viewer.credentials("admin", "correct");
      assertThat(viewer.request("DESCRIBE", "").status()).isEqualTo(200);
      viewer.play();
      camera.expireNonces();
      assertThat(viewer.request("GET_PARAMETER", "/").status()).isEqualTo(200);
    }
  }

  @Test
  void describesWhatItIsToldTo() throws Exception {
    faults.withoutParameterSets(true).videoEncoding("VP8").declaredFrameRate(25);
    try (Viewer viewer = viewer()) {
      MediaDescription video = described(viewer).getFirst();
      assertThat(video.rtpmap().orElseThrow().encoding()).isEqualTo("VP8");
      assertThat(video.fmtp()).doesNotContainKey("sprop-parameter-sets").isNotEmpty();
      assertThat(video.attribute("framerate")).isEqualTo("25.000000");
      faults.withoutVideo(true);
      assertThat(described(viewer)).extracting(MediaDescription::type).containsExactly("audio");
      assertThat(viewer.setUp(0).status()).isEqualTo(404);
    }
  }

  private static List<MediaDescription> described(Viewer viewer) throws IOException {
    return SessionDescription.parse(viewer.request("DESCRIBE", "").text()).media();
  }

  @Test
  void staysSilent() throws Exception {
    faults.unanswered("OPTIONS");
    try (Viewer viewer = viewer()) {
      viewer.send("OPTIONS", "");
      assertThat(viewer.silentFor(MOMENT)).isTrue();
      faults.answerAll();
      assertThat(viewer.request("OPTIONS", "").status()).isEqualTo(200);
    }
  }

  @Test
  void playsButSendsNothing() throws Exception {
    faults.stalled(true);
    try (Viewer viewer = viewer().play()) {
      assertThat(viewer.silentFor(MOMENT)).isTrue();
      faults.stalled(false);
      assertThat(viewer.next(Viewer.VIDEO, 5)).hasSize(5);
    }
  }

  @Test
  void sendsOnlySound() throws Exception {
    faults.muted(Codec.Kind.VIDEO, true).senderReports(false);
    try (Viewer viewer = viewer().play()) {
      List<Viewer.Frame> sound = viewer.next(Viewer.AUDIO, 10);
      assertThat(sound.getFirst().channel()).isEqualTo(Viewer.AUDIO);
      faults.muted(Codec.Kind.AUDIO, true);
      viewer.drain();
      assertThat(viewer.silentFor(MOMENT)).isTrue();
    }
  }

  @Test
  void diesHalfOpen() throws Exception {
    try (Viewer viewer = viewer().play();
        Viewer other = viewer()) {
      viewer.next(Viewer.VIDEO, 5);
      camera.freeze();
      viewer.drain();
      viewer.send("OPTIONS", "/");
      assertThat(viewer.silentFor(MOMENT)).isTrue();
      assertThat(camera.connections()).isEqualTo(1);
      assertThat(other.request("OPTIONS", "").status()).isEqualTo(200);
    }
  }

  @Test
  void restartsInMidStream() throws Exception {
    try (Viewer viewer = viewer().play()) {
      viewer.next(Viewer.VIDEO, 5);
      camera.disconnect();
      viewer.readToTheEnd();
      Eventually.holds("no connection is left", () -> camera.connections() == 0);
      assertThat(camera.playing()).isZero();
    }
    try (Viewer viewer = viewer().play()) {
      assertThat(viewer.next(Viewer.VIDEO, 5)).hasSize(5);
      assertThat(camera.mostConnections()).isEqualTo(1);
      assertThat(camera.plays()).isEqualTo(2);
    }
  }

  @Test
  void losesPackets() throws Exception {
    faults.lossEvery(10).muted(Codec.Kind.AUDIO, true);
    try (Viewer viewer = viewer().play()) {
      int[] steps = steps(viewer.next(Viewer.VIDEO, 90));
      assertThat(steps).containsOnly(1, 2);
      assertThat(count(steps, 2)).isBetween(8L, 11L);
    }
  }

  @Test
  void duplicatesPackets() throws Exception {
    faults.duplicateEvery(5).muted(Codec.Kind.AUDIO, true);
    try (Viewer viewer = viewer().play()) {
      int[] steps = steps(viewer.next(Viewer.VIDEO, 60));
      assertThat(steps).containsOnly(0, 1);
      assertThat(count(steps, 0)).isBetween(8L, 12L);
    }
  }

  @Test
  void reordersPackets() throws Exception {
    faults.reorderEvery(7).muted(Codec.Kind.AUDIO, true);
    try (Viewer viewer = viewer().play()) {
      int[] steps = steps(viewer.next(Viewer.VIDEO, 70));
      assertThat(steps).containsOnly(1, 2, -1);
      assertThat(count(steps, -1)).isBetween(8L, 11L);
    }
  }

  @Test
  void putsGarbageBetweenFrames() throws Exception {
    faults.garbageEvery(5);
    try (Viewer viewer = viewer().play()) {
      assertThat(steps(viewer.next(Viewer.VIDEO, 60))).containsOnly(1);
      assertThat(viewer.garbageBytes()).isGreaterThanOrEqualTo(7 * 11);
    }
  }

  @Test
  void claimsOversizedLengths() throws Exception {
    faults.oversizeEvery(20);
    try (Viewer viewer = viewer().play()) {
      assertThat(viewer.next(Viewer.VIDEO, 60)).hasSize(60);
      assertThat(viewer.garbageBytes()).isPositive();
    }
  }

  @Test
  void timeJumpsAndWraps() throws Exception {
    faults.muted(Codec.Kind.AUDIO, true);
    camera.wrapTimestampsIn(Duration.ofMillis(500));
    try (Viewer viewer = viewer().play()) {
      long first = viewer.next(Viewer.VIDEO, 1).getFirst().rtp().timestamp();
      assertThat(first).isBetween((1L << 32) - 90_000, (1L << 32) - 1);
      viewer.awaitFrame(
          frame -> frame.channel() == Viewer.VIDEO && frame.rtp().timestamp() < 10 * 90_000);
      camera.jumpTimestamps(Duration.ofHours(1));
      viewer.awaitFrame(
          frame -> frame.channel() == Viewer.VIDEO && frame.rtp().timestamp() > 3_500 * 90_000L);
    }
  }

  @Test
  void sendsFewerFramesThanItDeclares() throws Exception {
    SimCamera slow =
        server.addCamera(
            "slow",
            ClipMedia.open(TestClips.scene()).options(ClipOptions.DEFAULTS.withSpeed(21.0 / 25)),
            new SimFaults().declaredFrameRate(25));
    try (Viewer viewer = new Viewer(server.uri(slow.path())).play()) {
      List<Long> times =
          viewer.next(Viewer.VIDEO, 200).stream()
              .map(frame -> frame.rtp().timestamp())
              .distinct()
              .sorted()
              .toList();
      int whole = times.size() - 4; // pictures sent out of order make holes at the end
      long mean = (times.get(whole) - times.getFirst()) / whole;
      assertThat(mean).isBetween(90_000L / 21 - 300, 90_000L / 21 + 300);
    }
  }

  @Test
  void changesResolutionWithinOneSource() throws Exception {
    ClipMedia small = CLIP.options(ClipOptions.DEFAULTS.withParameterSetsInBand());
    ClipMedia large =
        ClipMedia.open(TestClips.largerScene())
            .options(ClipOptions.DEFAULTS.withParameterSetsInBand());
    SimCamera changing = server.addCamera("changing", small);
    try (Viewer viewer = new Viewer(server.uri("changing")).play()) {
      viewer.next(Viewer.VIDEO, 30);
      RtpPacket before = viewer.next(Viewer.VIDEO, 1).getFirst().rtp();
      changing.switchTo(large);
      List<Viewer.Frame> after = viewer.next(Viewer.VIDEO, 60);
      assertThat(steps(after)).containsOnly(1);
      assertThat(after).allMatch(frame -> frame.rtp().ssrc() == before.ssrc());
      assertThat(after.getLast().rtp().timestamp() - before.timestamp()).isBetween(0L, 900_000L);
      // Parameter sets travel as NAL units of type 7, alone or first in a STAP-A.
      assertThat(after).anyMatch(frame -> isSps(frame.rtp().payload()));
    }
    assertThatThrownBy(() -> changing.switchTo(ClipMedia.open(TestClips.h265())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean isSps(ByteBuffer payload) {
    int type = payload.get(0) & 0x1f;
    return type == 7 || (type == 24 && (payload.get(3) & 0x1f) == 7);
  }

  @Test
  void reportsItsClock() throws Exception {
    faults.clockOffset(Duration.ofHours(-1));
    try (Viewer viewer = viewer().play()) {
      RtcpPacket report =
          RtcpPacket.parse(viewer.next(Viewer.VIDEO_REPORTS, 2).getLast().bytes()).getFirst();
      assertThat(report).isInstanceOf(RtcpPacket.SenderReport.class);
      RtcpPacket.SenderReport sender = (RtcpPacket.SenderReport) report;
      assertThat(Duration.between(sender.ntp().toInstant(), Instant.now()))
          .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
      assertThat(sender.packetCount()).isPositive();
    }
  }

  @Test
  void wantsVideoBeforeSound() throws Exception {
    faults.audioNeedsVideo(true);
    try (Viewer viewer = viewer()) {
      assertThat(viewer.setUp(1).status()).isEqualTo(455);
      assertThat(viewer.setUp(0).status()).isEqualTo(200);
      assertThat(viewer.setUp(1).status()).isEqualTo(200);
    }
  }

  @Test
  void forgetsSessions() throws Exception {
    try (Viewer viewer = viewer().play()) {
      camera.forgetSessions();
      Eventually.holds("nothing plays", () -> camera.playing() == 0);
      assertThat(viewer.request("GET_PARAMETER", "/").status()).isEqualTo(454);
    }
  }

  @Test
  void countsKeepAlivesAndTeardowns() throws Exception {
    try (Viewer viewer = viewer().play()) {
      assertThat(viewer.request("GET_PARAMETER", "/").status()).isEqualTo(200);
      assertThat(viewer.request("OPTIONS", "/").status()).isEqualTo(200);
      assertThat(camera.keepAlives()).isEqualTo(2);
      assertThat(viewer.request("TEARDOWN", "/").status()).isEqualTo(200);
      assertThat(camera.teardowns()).isEqualTo(1);
      assertThat(camera.playing()).isZero();
      assertThat(viewer.request("PLAY", "/").status()).isEqualTo(454);
    }
  }

  @Test
  void endsSessionsThatAreNotKeptAlive() throws Exception {
    SimOptions impatient = SimOptions.DEFAULTS.withSessionTimeout(Duration.ofSeconds(1));
    try (SimServer other = SimServer.start(impatient);
        Viewer viewer = new Viewer(other.uri("short"))) {
      SimCamera watched = other.addCamera("short", CLIP);
      viewer.play().readToTheEnd();
      assertThat(watched.timeouts()).isEqualTo(1);
    }
  }

  @Test
  void saysWhereEachTrackBegins() throws Exception {
    faults.muted(Codec.Kind.AUDIO, true);
    try (Viewer viewer = viewer()) {
      viewer.setUp(0);
      RtpInfo info = RtpInfo.parse(viewer.request("PLAY", "/").headers().require("RTP-Info"));
      assertThat(info.tracks()).hasSize(1);
      assertThat(info.tracks().getFirst().url()).isEqualTo(server.uri("cam/1") + "/track0");
      assertThat(viewer.next(Viewer.VIDEO, 1).getFirst().rtp().sequence())
          .isEqualTo(info.tracks().getFirst().sequence().orElseThrow());
    }
  }

  @Test
  void refusesTransportsAndMethodsItDoesNotHave() throws Exception {
    try (Viewer viewer = viewer()) {
      assertThat(viewer.request("SETUP", "/track0", "Transport", "RTP/AVP;multicast").status())
          .isEqualTo(461);
      assertThat(viewer.request("SETUP", "/track0").status()).isEqualTo(461);
      assertThat(viewer.request("SETUP", "", "Transport", "RTP/AVP/TCP").status()).isEqualTo(459);
      assertThat(viewer.request("PLAY", "").status()).isEqualTo(455);
      assertThat(viewer.request("RECORD", "").status()).isEqualTo(501);
    }
  }

  @Test
  void aBusyPortIsAClearError() {
    assertThatThrownBy(() -> SimServer.start(SimOptions.DEFAULTS.withPort(server.port())))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE))
        .hasMessageContaining(String.valueOf(server.port()));
  }

  private Viewer viewer() throws IOException {
    return new Viewer(server.uri("cam/1"));
  }

  /** Differences of neighbouring sequence numbers. */
  private static int[] steps(List<Viewer.Frame> frames) {
    int[] steps = new int[frames.size() - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = (short) (frames.get(i + 1).rtp().sequence() - frames.get(i).rtp().sequence());
    }
    return steps;
  }

  private static long count(int[] steps, int wanted) {
    return java.util.Arrays.stream(steps).filter(step -> step == wanted).count();
  }
}
