package kg.sakchy.onvif.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceFeature;
import kg.sakchy.core.device.DeviceReport;
import kg.sakchy.core.device.DeviceSetup;
import kg.sakchy.core.device.DeviceWarning;
import kg.sakchy.core.device.DeviceWarning.Kind;
import kg.sakchy.core.device.MediaProfile;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.onvif.ScriptedDevice;
import kg.sakchy.onvif.TestSessions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole probes of cameras in {@code golden/onvif}. */
class OnvifDeviceProbeTest {
  private final FakeClock clock = new FakeClock(Instant.parse("2026-11-22T10:00:00Z"));
  private final TestSessions sessions = new TestSessions(clock);
  private final OnvifDeviceProbe probe = new OnvifDeviceProbe(sessions.all(), clock);

  @AfterEach
  void close() {
    sessions.close();
  }

  private DeviceReport probe(String golden) {
    try (ScriptedDevice device = ScriptedDevice.golden(golden, clock)) {
      DeviceReport report = probe.probe(address(device));
      assertThat(device.requests())
          .as("requests with a wrong proof")
          .noneMatch(request -> "bad-digest".equals(request.proof()));
      return report;
    }
  }

  private static DeviceAddress address(ScriptedDevice device) {
    return new DeviceAddress(device.address(), device.credentials(), false);
  }

  private static DeviceWarning warning(Kind kind, String... values) {
    return new DeviceWarning(kind, List.of(values));
  }

  @Test
  void hikvisionSpeaksDigestAndHasH265() {
    DeviceReport report = probe("hikvision-digest");
    assertThat(report.identity().make()).isEqualTo("HIKVISION");
    assertThat(report.identity().firmware()).isEqualTo("V5.7.15 build 230912");
    assertThat(report.features())
        .contains(DeviceFeature.MEDIA2, DeviceFeature.PTZ, DeviceFeature.AUDIO)
        .contains(DeviceFeature.EVENTS, DeviceFeature.METADATA)
        .doesNotContain(DeviceFeature.EDGE_RECORDING, DeviceFeature.BACKCHANNEL);
    assertThat(report.mainProfile()).isEqualTo("Profile_1");
    assertThat(report.subProfile()).isEqualTo("Profile_2");
    MediaProfile main = report.profile("Profile_1").orElseThrow();
    assertThat(main.codec()).isEqualTo("H265");
    assertThat(main.width()).isEqualTo(2560);
    assertThat(main.fps()).isEqualTo(20);
    assertThat(main.kbps()).isEqualTo(4096);
    assertThat(main.gopSeconds()).isEqualTo(5);
    assertThat(main.stream())
        .isEqualTo(
            URI.create(
                "rtsp://127.0.0.1:554/Streaming/Channels/101?transportmode=unicast&profile=Profile_1"));
    assertThat(main.snapshot())
        .isEqualTo(URI.create("http://127.0.0.1/onvif-http/snapshot?Profile_1"));
    assertThat(report.clockOffset()).isEqualTo(Duration.ofSeconds(2));
    assertThat(report.warnings())
        .containsExactlyInAnyOrder(
            warning(Kind.CLOCK_WRONG, "2"),
            warning(Kind.NO_TLS),
            warning(Kind.LONG_GOP, "Profile_1", "5.0"));
  }

  @Test
  void dahuaLogsInByItsOwnClockAndCannotTurn() {
    DeviceReport report = probe("dahua-fixed-wsse");
    assertThat(report.clockOffset()).isEqualTo(Duration.ofHours(2));
    assertThat(report.identity().endpoint())
        .isEqualTo("urn:uuid:3c1b0000-0000-4000-8000-9c1463000001");
    assertThat(report.identity().hardware()).isEqualTo("9c:14:63:00:00:01");
    assertThat(report.onvifProfiles()).containsExactlyInAnyOrder("S", "T", "G");
    assertThat(report.features()).doesNotContain(DeviceFeature.PTZ);
    assertThat(report.mainProfile()).isEqualTo("MediaProfile00000");
    assertThat(report.profile("MediaProfile00000").orElseThrow().stream())
        .as("the host that answered, not the one it says")
        .hasHost("127.0.0.1")
        .hasPort(554);
    assertThat(report.warnings())
        .contains(
            warning(Kind.CLOCK_WRONG, "7200"),
            warning(Kind.NO_NTP),
            warning(Kind.SMART_CODEC, "MediaProfile00000", "H264+"));
  }

  @Test
  void axisHasEverything() {
    DeviceReport report = probe("axis-subscription");
    assertThat(report.onvifProfiles()).containsExactlyInAnyOrder("S", "T", "G", "M");
    assertThat(report.features())
        .contains(DeviceFeature.EDGE_RECORDING, DeviceFeature.METADATA, DeviceFeature.BACKCHANNEL);
    assertThat(report.mainProfile()).isEqualTo("profile_1_h264");
    assertThat(report.subProfile()).isNull();
    assertThat(report.warnings()).contains(warning(Kind.NO_SUB_STREAM));
    assertThat(report.identity().hardware()).isEqualTo("b8:a4:4f:00:00:01");
  }

  @Test
  void reolinkNamesAreDecodedAndTheStillIsMissing() {
    DeviceReport report = probe("reolink-charset");
    MediaProfile main = report.profile("000").orElseThrow();
    assertThat(main.name()).isEqualTo("主码流");
    assertThat(main.snapshot()).isNull();
    assertThat(main.audio()).isEqualTo("AAC");
    assertThat(report.features()).doesNotContain(DeviceFeature.MEDIA2);
    assertThat(report.warnings())
        .contains(warning(Kind.PROFILE_S_ONLY), warning(Kind.NO_NTP))
        .doesNotContain(warning(Kind.CLOCK_WRONG, "1"));
  }

  @Test
  void tapoClockIsBehindAndItsGopLong() {
    DeviceReport report = probe("tapo-h264");
    assertThat(report.clockOffset()).isEqualTo(Duration.ofSeconds(-70));
    assertThat(report.subProfile()).isEqualTo("profile_2");
    assertThat(report.identity().hardware()).isEqualTo("1.0");
    assertThat(report.warnings())
        .contains(warning(Kind.CLOCK_WRONG, "-70"), warning(Kind.LONG_GOP, "profile_1", "5.0"));
  }

  @Test
  void univiewRecorderRefusesWhatIsOptional() {
    DeviceReport report = probe("uniview-nvr-g");
    assertThat(report.mainProfile()).as("of the first lens").isEqualTo("ch1main");
    assertThat(report.subProfile()).isEqualTo("ch1sub");
    assertThat(report.features()).contains(DeviceFeature.EDGE_RECORDING);
    assertThat(report.onvifProfiles())
        .as("no scopes: what the services amount to")
        .contains("S", "G");
    assertThat(report.identity().endpoint()).isEmpty();
  }

  @Test
  void panasonicTellsTheTimeAfterALogin() {
    DeviceReport report = probe("panasonic-clock-login");
    assertThat(report.clockOffset()).isEqualTo(Duration.ZERO);
    assertThat(report.profiles()).isEmpty();
    assertThat(report.mainProfile()).isNull();
  }

  @Test
  void sonyOffersTwoQopsAndMd5Sess() {
    assertThat(probe("sony-qop").identity().model()).isEqualTo("SRG-XP1");
  }

  @Test
  void boardOffersBasicFirst() {
    assertThat(probe("board-basic-first").identity().serial()).isEqualTo("board1");
  }

  @Test
  void boardWithoutSecurityIsTalkedToWithout() {
    assertThat(probe("board-no-security").identity().serial()).isEqualTo("dvr1");
  }

  @Test
  void dlinkMedia2IsProbedAndGivenUp() {
    DeviceReport report = probe("dlink-media2-broken");
    assertThat(report.features()).doesNotContain(DeviceFeature.MEDIA2);
    assertThat(report.warnings()).contains(warning(Kind.BROKEN_SERVICE, "MEDIA2"));
    assertThat(report.clockOffset()).as("from local time and zone").isEqualTo(Duration.ZERO);
    assertThat(report.profile("p1").orElseThrow().stream()).hasHost("127.0.0.1");
    assertThat(report.profile("p1").orElseThrow().snapshot()).hasHost("127.0.0.1");
  }

  @Test
  void openIpcPutsLocalTimeIntoUtc() {
    DeviceReport report = probe("openipc-local-as-utc");
    assertThat(report.clockOffset()).isEqualTo(Duration.ZERO);
    assertThat(report.features()).contains(DeviceFeature.MEDIA2);
    assertThat(report.mainProfile()).isEqualTo("main");
    assertThat(report.warnings()).contains(warning(Kind.DEFAULT_PASSWORD));
  }

  @Test
  void boschWrapsAFaultInStatus200() {
    DeviceReport report = probe("bosch-flexidome");
    assertThat(report.profile("0").orElseThrow().codec()).isEqualTo("H265");
    assertThat(report.profile("0").orElseThrow().snapshot()).isNull();
  }

  @Test
  void aWrongPasswordIsTriedTwiceAndThenNoMore() {
    for (String golden : List.of("hikvision-digest", "dahua-fixed-wsse", "axis-subscription")) {
      try (ScriptedDevice device = ScriptedDevice.golden(golden, clock)) {
        DeviceAddress wrong =
            new DeviceAddress(device.address(), new Credentials("admin", "wrong"), false);
        for (int i = 0; i < 5; i++) {
          VmsException e = catchThrowableOfType(VmsException.class, () -> probe.probe(wrong));
          assertThat(e.kind()).isEqualTo(ErrorKind.UNAUTHENTICATED);
          assertThat(e.toString()).doesNotContain("wrong");
        }
        assertThat(device.requests())
            .as(golden)
            .filteredOn(request -> Objects.toString(request.proof()).startsWith("bad-"))
            .hasSizeLessThanOrEqualTo(2);
        VmsException last = catchThrowableOfType(VmsException.class, () -> probe.probe(wrong));
        assertThat(last).hasMessageContaining("nothing more is tried");
        assertThat(probe.probe(address(device)).identity().make()).isNotEmpty();
      }
    }
  }

  @Test
  void setUpDoesWhatItCanAndSaysWhatItCannot() {
    try (ScriptedDevice device = ScriptedDevice.golden("tapo-h264", clock)) {
      List<String> failures =
          probe.setUp(
              address(device),
              new DeviceSetup(
                  true,
                  "ntp.example",
                  "camera-7",
                  new Credentials("vms", "new<&>pass"),
                  8_000,
                  25,
                  300));
      assertThat(failures).hasSize(1).first().asString().contains("host name", "Not Implemented");
      device.assertPlayed();
      String set =
          device.requests().stream()
              .filter(request -> request.operation().equals("SetVideoEncoderConfiguration"))
              .findFirst()
              .orElseThrow()
              .body();
      assertThat(set)
          .contains("<tt:FrameRateLimit>15</tt:FrameRateLimit>")
          .contains("<tt:BitrateLimit>3072</tt:BitrateLimit>")
          .contains("<tt:GovLength>120</tt:GovLength>")
          .contains("<tt:Port>0</tt:Port>");
    }
  }
}
