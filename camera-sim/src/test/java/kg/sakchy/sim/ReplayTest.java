package kg.sakchy.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import kg.sakchy.core.Eventually;
import kg.sakchy.media.rtp.NtpTime;
import kg.sakchy.media.rtp.RtpPacket;
import kg.sakchy.media.rtsp.RtspResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ONVIF replay of what a camera recorded in itself. */
class ReplayTest {
  private static final ClipMedia CLIP = ClipMedia.open(TestClips.scene());
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final SimServer server = SimServer.start(SimOptions.DEFAULTS);
  private final SimCamera camera =
      server.addCamera("cam", CLIP.options(ClipOptions.DEFAULTS.withParameterSetsInBand()));

  @BeforeEach
  void record() throws Exception {
    EdgeRecording recording = camera.recordOnEdge(Duration.ofMinutes(5));
    Eventually.holds("three seconds", () -> length(recording) >= 3_000);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static long length(EdgeRecording recording) {
    List<EdgeRecording.Span> spans = recording.spans();
    return spans.isEmpty()
        ? 0
        : Duration.between(spans.getLast().start(), spans.getLast().end()).toMillis();
  }

  private EdgeRecording edge() {
    return Objects.requireNonNull(camera.edge());
  }

  private Viewer viewer() throws Exception {
    return new Viewer(camera.replayUri());
  }

  private static void setUp(Viewer viewer, int track) throws Exception {
    RtspResponse response = viewer.setUp(track, "Require", "onvif-replay");
    assertThat(response.status()).isEqualTo(200);
  }

  private static RtspResponse play(Viewer viewer, String range, String... more) throws Exception {
    List<String> fields = new ArrayList<>(List.of("Require", "onvif-replay", "Rate-Control", "no"));
    fields.addAll(List.of("Range", range));
    fields.addAll(List.of(more));
    return viewer.request("PLAY", "/", fields.toArray(String[]::new));
  }

  private static String range(Instant start, Instant end) {
    return "clock=" + CLOCK.format(start) + "-" + CLOCK.format(end);
  }

  /** Access units of a channel until the terminal one. */
  private static List<Extension> units(Viewer viewer, int channel) throws Exception {
    List<Extension> units = new ArrayList<>();
    while (units.isEmpty() || !units.getLast().terminal()) {
      RtpPacket packet = viewer.next(channel, 1).getFirst().rtp();
      if (packet.extensionProfile() == 0xABAC) {
        units.add(Extension.read(packet.extension()));
      }
    }
    return units;
  }

  /** The extension as ONVIF Streaming §6.3 draws it. */
  private record Extension(Instant time, int flags, int cseq) {
    static Extension read(ByteBuffer data) {
      assertThat(data.remaining()).isEqualTo(12);
      return new Extension(
          new NtpTime(data.getLong()).toInstant(), data.get() & 0xff, data.get() & 0xff);
    }

    boolean cleanPoint() {
      return (flags & 0x80) != 0;
    }

    boolean endOfSpan() {
      return (flags & 0x40) != 0;
    }

    boolean discontinuity() {
      return (flags & 0x20) != 0;
    }

    boolean terminal() {
      return (flags & 0x10) != 0;
    }
  }

  @Test
  void sendsTheUnitsOfARange() throws Exception {
    Instant start = edge().spans().getFirst().start();
    Instant end = start.plusSeconds(2);
    try (Viewer viewer = viewer()) {
      RtspResponse described = viewer.request("DESCRIBE", "");
      assertThat(new String(described.body(), java.nio.charset.StandardCharsets.UTF_8))
          .contains("a=x-onvif-track:VIDEO001")
          .contains("a=x-onvif-track:AUDIO001")
          .contains("a=range:clock=");
      setUp(viewer, 0);
      setUp(viewer, 1);
      assertThat(play(viewer, range(start.plusMillis(700), end)).status()).isEqualTo(200);
      List<Extension> units = units(viewer, Viewer.VIDEO);
      assertThat(units.getFirst().cleanPoint()).isTrue();
      assertThat(units.getFirst().discontinuity()).isTrue();
      assertThat(units.getFirst().time()).isBeforeOrEqualTo(start.plusMillis(700));
      assertThat(units).extracting(Extension::cseq).containsOnly(4);
      assertThat(units.getLast().time()).isBetween(end.minus(Duration.ofMillis(200)), end);
      assertThat(units.stream().filter(Extension::discontinuity)).hasSize(1);
    }
  }

  @Test
  void marksGaps() throws Exception {
    edge().pause();
    Instant lost = edge().spans().getFirst().end();
    edge().resume();
    Eventually.holds("a second span", () -> edge().spans().size() == 2);
    Eventually.holds("that goes on", () -> length(edge()) >= 1_000);
    Instant again = edge().spans().getLast().start();
    try (Viewer viewer = viewer()) {
      setUp(viewer, 0);
      play(viewer, range(lost.minusMillis(300), again.plusMillis(500)));
      List<Extension> units = units(viewer, Viewer.VIDEO);
      assertThat(units.stream().filter(Extension::endOfSpan)).hasSize(1);
      Extension last = units.stream().filter(Extension::endOfSpan).findFirst().orElseThrow();
      assertThat(units.get(units.indexOf(last) + 1).cleanPoint()).isTrue();
      assertThat(units.get(units.indexOf(last) + 1).time())
          .isCloseTo(
              again,
              org.assertj.core.api.Assertions.within(1, java.time.temporal.ChronoUnit.MILLIS));
    }
  }

  @Test
  void sendsKeyFramesOnlyAndSeeksAtOnce() throws Exception {
    Instant start = edge().spans().getFirst().start();
    try (Viewer viewer = viewer()) {
      setUp(viewer, 0);
      play(viewer, range(start, start.plusSeconds(3)), "Frames", "intra");
      assertThat(units(viewer, Viewer.VIDEO)).allMatch(Extension::cleanPoint).hasSizeBetween(1, 10);
      String open = "clock=" + CLOCK.format(start) + "-";
      play(viewer, open);
      viewer.next(Viewer.VIDEO, 10);
      RtspResponse seek = play(viewer, open, "Immediate", "yes");
      int cseq = Integer.parseInt(String.valueOf(seek.headers().get("CSeq")));
      viewer.awaitFrame(
          frame -> {
            RtpPacket packet = frame.rtp();
            return packet.extensionProfile() == 0xABAC
                && Extension.read(packet.extension()).cseq() == cseq
                && Extension.read(packet.extension()).discontinuity();
          });
    }
  }

  @Test
  void isStrict() throws Exception {
    try (Viewer viewer = viewer()) {
      assertThat(viewer.setUp(0).status()).isEqualTo(400);
      assertThat(viewer.request("DESCRIBE", "", "Require", "www.onvif.org/ver20/backchannel"))
          .extracting(RtspResponse::status)
          .isEqualTo(551);
      setUp(viewer, 0);
      assertThat(play(viewer, "npt=0-").status()).isEqualTo(457);
      assertThat(play(viewer, "clock=20260301T120000Z-", "Scale", "-1.0").status()).isEqualTo(501);
    }
  }

  @Test
  void goesOnWhileTheNetworkIsCut() throws Exception {
    try (Viewer live = new Viewer(camera.uri())) {
      live.play();
      camera.setOffline(true);
      live.readToTheEnd();
    }
    Instant cut = edge().spans().getLast().end();
    try (Viewer refused = new Viewer(camera.uri())) {
      refused.send("OPTIONS", "");
      refused.readToTheEnd();
    }
    Eventually.holds(
        "a second more", () -> edge().spans().getLast().end().isAfter(cut.plusSeconds(1)));
    camera.setOffline(false);
    assertThat(edge().spans()).hasSize(1);
    try (Viewer viewer = viewer()) {
      setUp(viewer, 0);
      play(viewer, range(cut, cut.plusMillis(900)));
      assertThat(units(viewer, Viewer.VIDEO).getLast().time()).isAfter(cut.plusMillis(700));
    }
  }
}
