package kg.sakchy.sim.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import kg.sakchy.core.Eventually;
import kg.sakchy.core.FakeClock;
import kg.sakchy.sim.PtzPosition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PtzServiceTest {
  private static final String SPACES = "http://www.onvif.org/ver10/tptz/PanTiltSpaces/";
  private static final String PROFILE = "<tptz:ProfileToken>main</tptz:ProfileToken>";

  private final FakeClock clock = new FakeClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final OnvifSim sim = OnvifSim.start(OnvifSimOptions.DEFAULTS.withClock(clock));
  private final SimDevice dome = sim.addDevice(profile("dome", PtzSpec.DOME_28X));
  private final SoapClient client = new SoapClient(dome.uri());

  private static SimDeviceProfile profile(String name, PtzSpec spec) {
    return SimDeviceProfile.of(name, SimStream.of("main", URI.create("rtsp://127.0.0.1/x")))
        .withPtz(spec);
  }

  @AfterEach
  void stop() {
    sim.close();
  }

  private SoapClient.Answer ptz(String operation, String arguments) throws Exception {
    return client.service(
        "ptz", "<tptz:" + operation + ">" + PROFILE + arguments + "</tptz:" + operation + ">");
  }

  @Test
  void movesInAllSpaces() throws Exception {
    ptz(
            "AbsoluteMove",
            "<tptz:Position><tt:PanTilt x=\"-200\" y=\"-30\" space=\""
                + SPACES
                + "SphericalPositionSpaceDegrees\"/><tt:Zoom x=\"9.6\" space=\""
                + "http://www.onvif.org/ver10/tptz/ZoomSpaces/PositionSpaceMillimeter\"/>"
                + "</tptz:Position>")
        .ok();
    clock.advance(Duration.ofSeconds(5));
    PtzPosition position = dome.ptz().position();
    assertThat(position.panDegrees()).isCloseTo(160, within(1e-6));
    assertThat(position.tiltDegrees()).isCloseTo(-30, within(1e-6));
    assertThat(position.zoomFactor()).isCloseTo(2, within(1e-6));
    ptz(
            "RelativeMove",
            "<tptz:Translation><tt:PanTilt x=\"0\" y=\"1\" space=\""
                + SPACES
                + "TranslationSpaceFov\"/></tptz:Translation>")
        .ok();
    clock.advance(Duration.ofSeconds(5));
    double half = Math.tan(Math.toRadians(position.fieldOfViewDegrees() / 2)) * 9 / 16;
    assertThat(dome.ptz().position().tiltDegrees())
        .isCloseTo(-30 + Math.toDegrees(Math.atan(half)), within(1e-6));
    assertThat(ptz("GetStatus", "").ok().text("tt:PanTilt")).isEqualTo("IDLE");
  }

  @Test
  void refusesWhatItCannotDo() throws Exception {
    ptz("ContinuousMove", "<tptz:Velocity><tt:PanTilt x=\"1.5\" y=\"0\"/></tptz:Velocity>")
        .fault("ter:InvalidVelocity");
    ptz("AbsoluteMove", "<tptz:Position><tt:PanTilt x=\"NaN\" y=\"0\"/></tptz:Position>")
        .fault("ter:InvalidArgVal");
    ptz(
            "ContinuousMove",
            "<tptz:Velocity><tt:PanTilt x=\"1\" y=\"0\" space=\"urn:x\"/></tptz:Velocity>")
        .fault("ter:SpaceNotSupported");
    client
        .service("ptz", "<tptz:GetStatus><tptz:ProfileToken>x</tptz:ProfileToken></tptz:GetStatus>")
        .fault("ter:NoProfile");
    ptz("ContinuousMove", "<tt:Velocity><tt:PanTilt x=\"1\" y=\"0\"/></tt:Velocity>");
    assertThat(dome.ptz().moving()).isFalse();
  }

  @Test
  void aLostClientLeavesItStanding() throws Exception {
    ptz(
            "ContinuousMove",
            "<tptz:Velocity><tt:PanTilt x=\"0.5\" y=\"0\"/><tt:Zoom x=\"1\"/></tptz:Velocity>"
                + "<tptz:Timeout>PT0.5S</tptz:Timeout>")
        .ok();
    assertThat(ptz("GetStatus", "").ok().texts("tt:PanTilt")).containsExactly("MOVING");
    clock.advance(Duration.ofSeconds(9));
    assertThat(dome.ptz().position().panDegrees()).isCloseTo(60, within(1e-6));
    assertThat(dome.ptz().moving()).isFalse();
  }

  @Test
  void remembersPresetsAndHome() throws Exception {
    ptz("AbsoluteMove", "<tptz:Position><tt:PanTilt x=\"0.5\" y=\"0\"/></tptz:Position>").ok();
    ptz("SetPreset", "<tptz:PresetName>gate</tptz:PresetName>").fault("ter:MovingPTZ");
    clock.advance(Duration.ofSeconds(5));
    String token =
        ptz("SetPreset", "<tptz:PresetName>gate</tptz:PresetName>").ok().text("tptz:PresetToken");
    ptz("GotoHomePosition", "").ok();
    clock.advance(Duration.ofSeconds(5));
    assertThat(dome.ptz().position().panDegrees()).isCloseTo(0, within(1e-6));
    ptz("GotoPreset", "<tptz:PresetToken>" + token + "</tptz:PresetToken>").ok();
    clock.advance(Duration.ofSeconds(5));
    assertThat(dome.ptz().position().panDegrees()).isCloseTo(90, within(1e-6));
    ptz("GotoPreset", "<tptz:PresetToken>none</tptz:PresetToken>").fault("ter:NoToken");
  }

  @Test
  void toursFromPresetToPreset() throws Exception {
    ptz("SetPreset", "<tptz:PresetName>a</tptz:PresetName>").ok();
    ptz("AbsoluteMove", "<tptz:Position><tt:PanTilt x=\"0.1\" y=\"0\"/></tptz:Position>").ok();
    clock.advance(Duration.ofSeconds(5));
    ptz("SetPreset", "<tptz:PresetName>b</tptz:PresetName>").ok();
    String tour = ptz("CreatePresetTour", "").ok().text("tptz:PresetTourToken");
    String spot =
        "<tt:TourSpot><tt:PresetDetail><tt:PresetToken>%s</tt:PresetToken></tt:PresetDetail>"
            + "<tt:StayTime>PT0.1S</tt:StayTime></tt:TourSpot>";
    ptz(
            "ModifyPresetTour",
            "<tptz:PresetTour token=\""
                + tour
                + "\"><tt:Status><tt:State>Idle</tt:State></tt:Status>"
                + "<tt:AutoStart>false</tt:AutoStart><tt:StartingCondition/>"
                + spot.formatted("Preset_1")
                + spot.formatted("Preset_2")
                + "</tptz:PresetTour>")
        .ok();
    String operate =
        "<tptz:PresetTourToken>"
            + tour
            + "</tptz:PresetTourToken><tptz:Operation>%s</tptz:Operation>";
    ptz("OperatePresetTour", operate.formatted("Start")).ok();
    assertThat(ptz("GetPresetTours", "").ok().text("tt:State")).isEqualTo("Touring");
    clock.advance(Duration.ofSeconds(5));
    assertThat(dome.ptz().position().panDegrees()).isCloseTo(0, within(1e-6));
    Eventually.holds("the next spot", () -> dome.ptz().moving());
    ptz("OperatePresetTour", operate.formatted("Stop")).ok();
    assertThat(ptz("GetPresetTours", "").ok().text("tt:State")).isEqualTo("Idle");
  }

  @Test
  void tellsWhoWatches() throws Exception {
    List<PtzPosition> seen = new CopyOnWriteArrayList<>();
    dome.ptz().addListener(seen::add);
    ptz(
            "ContinuousMove",
            "<tptz:Velocity><tt:PanTilt x=\"1\" y=\"0\"/></tptz:Velocity>"
                + "<tptz:Timeout>PT1S</tptz:Timeout>")
        .ok();
    clock.advance(Duration.ofMillis(500));
    Eventually.holds("half way", () -> seen.stream().anyMatch(each -> each.panDegrees() == 120));
    clock.advance(Duration.ofSeconds(5));
    Eventually.holds("the end", () -> Math.abs(seen.getLast().panDegrees() + 120) < 1e-6);
  }

  @Test
  void oddNumbersInTheGenericSpace() throws Exception {
    PtzSpec.Range circle = new PtzSpec.Range(0, 360);
    PtzSpec.Range percent = new PtzSpec.Range(-100, 100);
    SimDevice odd =
        sim.addDevice(
            profile(
                "odd",
                PtzSpec.DOME_28X.withGenericSpaces(circle, percent, new PtzSpec.Range(0, 28))));
    SoapClient other = new SoapClient(odd.uri());
    assertThat(other.service("ptz", "<tptz:GetNodes/>").ok().texts("tt:Max"))
        .contains("360.000000");
    other
        .service(
            "ptz",
            "<tptz:AbsoluteMove>"
                + PROFILE
                + "<tptz:Position><tt:PanTilt x=\"270\" y=\"0\"/><tt:Zoom"
                + " x=\"28\"/></tptz:Position></tptz:AbsoluteMove>")
        .ok();
    clock.advance(Duration.ofSeconds(9));
    assertThat(odd.ptz().position().panDegrees()).isCloseTo(90, within(1e-6));
    assertThat(odd.ptz().position().zoomFactor()).isCloseTo(28, within(1e-6));
  }

  @Test
  void habitsOfRealHeads() throws Exception {
    String both = "<tptz:Velocity><tt:PanTilt x=\"0\" y=\"0\"/><tt:Zoom x=\"1\"/></tptz:Velocity>";
    dome.quirks().on(SimQuirk.COMBINED_MOVE_REFUSED, SimQuirk.MOVE_STATUS_IDLE);
    ptz("ContinuousMove", both).fault("ter:InvalidArgVal");
    ptz("ContinuousMove", "<tptz:Velocity><tt:Zoom x=\"1\"/></tptz:Velocity>").ok();
    assertThat(dome.ptz().zoomMoving()).isTrue();
    assertThat(ptz("GetStatus", "").ok().text("tt:Zoom")).isEqualTo("IDLE");
    dome.quirks().on(SimQuirk.NO_DEFAULT_SPACES, SimQuirk.FOV_MOVE_REFUSED);
    assertThat(client.service("ptz", "<tptz:GetConfigurations/>").ok().body())
        .doesNotContain("DefaultAbsolutePantTiltPositionSpace");
    ptz(
            "RelativeMove",
            "<tptz:Translation><tt:PanTilt x=\"0\" y=\"1\" space=\""
                + SPACES
                + "TranslationSpaceFov\"/></tptz:Translation>")
        .fault("ter:SpaceNotSupported");
  }
}
