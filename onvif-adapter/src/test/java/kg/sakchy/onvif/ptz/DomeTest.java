package kg.sakchy.onvif.ptz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceIdentity;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.ptz.PtzAbilities;
import kg.sakchy.core.ptz.PtzCommand;
import kg.sakchy.core.ptz.PtzCommand.Auxiliary;
import kg.sakchy.core.ptz.PtzNamed;
import kg.sakchy.onvif.ScriptedDevice;
import kg.sakchy.onvif.TestSessions;
import kg.sakchy.onvif.camera.RegisteredCamera;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Domes as makers build them: what is asked, and in whose numbers it is sent. */
class DomeTest {
  private static final Pattern PAN_TILT =
      Pattern.compile("<tt:PanTilt x=\"([^\"]*)\" y=\"([^\"]*)\"");
  private static final Pattern ZOOM = Pattern.compile("<tt:Zoom x=\"([^\"]*)\"");

  private final FakeClock clock = new FakeClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final TestSessions sessions = new TestSessions(clock);
  private ScriptedDevice device = ScriptedDevice.playing("", clock);

  @AfterEach
  void close() {
    sessions.close();
    device.close();
  }

  private Dome open(String script) {
    device.close();
    device = ScriptedDevice.golden(script, clock);
    CameraDevice registered =
        new CameraDevice(
            new CameraId("dome"),
            new DeviceAddress(URI.create(device.address().toString()), null, false),
            new DeviceIdentity("urn:uuid:x", "", "", "", "", ""),
            "P1",
            null,
            Set.of());
    return Dome.open(new RegisteredCamera(registered, sessions.to(device, null)), Lens.ASSUMED);
  }

  private String last() {
    return device.requests().getLast().body();
  }

  private String lastOperation() {
    return device.operations().getLast();
  }

  private void assertPanTilt(double x, double y) {
    Matcher vector = PAN_TILT.matcher(last());
    assertThat(vector.find()).as(last()).isTrue();
    assertThat(Double.parseDouble(vector.group(1))).isEqualTo(x, within(0.001));
    assertThat(Double.parseDouble(vector.group(2))).isEqualTo(y, within(0.001));
  }

  private void assertZoom(double x) {
    Matcher vector = ZOOM.matcher(last());
    assertThat(vector.find()).as(last()).isTrue();
    assertThat(Double.parseDouble(vector.group(1))).isEqualTo(x, within(0.001));
  }

  @Test
  void aGenericDomeSaysWhatItCan() {
    PtzAbilities abilities = open("ptz-generic-dome").abilities();
    assertThat(abilities.continuous()).isTrue();
    assertThat(abilities.absolute()).isTrue();
    assertThat(abilities.maxZoomFactor()).isEqualTo(28);
    assertThat(abilities.zoomIsMeasured()).isFalse();
    assertThat(abilities.home()).isTrue();
    assertThat(abilities.maxPresets()).isEqualTo(300);
    assertThat(abilities.maxTours()).isEqualTo(8);
    assertThat(abilities.auxiliaries())
        .containsExactlyInAnyOrder(Auxiliary.Device.WIPER, Auxiliary.Device.IR_LAMP);
    assertThat(abilities.focus()).isTrue();
    assertThat(abilities.iris()).isTrue();
    assertThat(abilities.dayNight()).isTrue();
  }

  @Test
  void aVelocityCarriesATimeoutAndOnlyTheAxesThatMove() {
    Dome dome = open("ptz-generic-dome");
    dome.carryOut(new PtzCommand.Velocity(0.5, 0, 0));
    assertPanTilt(0.5, 0);
    assertThat(last()).contains("<tptz:Timeout>PT2S</tptz:Timeout>").doesNotContain("tt:Zoom");
    // Pan ends while zoom begins: the camera is told both, or it would go on panning.
    dome.carryOut(new PtzCommand.Velocity(0, 0, 1));
    assertPanTilt(0, 0);
    assertZoom(1);
    dome.carryOut(new PtzCommand.Velocity(0, 0, 1));
    assertThat(last()).doesNotContain("tt:PanTilt");
    dome.carryOut(new PtzCommand.Stop());
    assertThat(last()).contains("<tptz:PanTilt>true</tptz:PanTilt><tptz:Zoom>true</tptz:Zoom>");
  }

  @Test
  void degreesBecomeTheNumbersOfTheGenericSpace() {
    Dome dome = open("ptz-generic-dome");
    assertThat(dome.position().panDegrees()).isEqualTo(90, within(1e-6));
    assertThat(dome.position().tiltDegrees()).isEqualTo(-45, within(1e-6));
    assertThat(dome.position().zoomFactor()).isEqualTo(1, within(1e-6));
    dome.carryOut(new PtzCommand.Absolute(270.0, 0.0, 14.5));
    assertPanTilt(-0.5, 0);
    assertZoom(0.5);
    dome.carryOut(new PtzCommand.Absolute(null, null, 28.0));
    assertZoom(1);
    assertThat(last()).doesNotContain("tt:PanTilt");
    dome.carryOut(new PtzCommand.Absolute(180.0, null, null)); // tilt stays where it is
    assertPanTilt(-1, -0.5);
    dome.carryOut(new PtzCommand.Relative(-100, 10, 1));
    assertPanTilt(-10 / 180.0, -35 / 90.0);
  }

  /** Some domes count degrees and zoom steps in what they call generic. */
  @Test
  void degreesStayDegreesWhereTheGenericSpaceCountsThem() {
    Dome dome = open("ptz-degrees-in-generic");
    assertThat(dome.abilities().minTiltDegrees()).isEqualTo(-20);
    assertThat(dome.abilities().endlessPan()).isTrue();
    dome.carryOut(new PtzCommand.Absolute(-10.0, 95.0, 28.0));
    assertPanTilt(350, 90);
    assertZoom(28);
    dome.carryOut(new PtzCommand.Relative(20, 0, 1));
    assertPanTilt(10, 10);
    dome.carryOut(new PtzCommand.Velocity(-0.25, 1, 0));
    assertPanTilt(-25, 100);
    assertThat(last()).contains("<tptz:Timeout>PT1S</tptz:Timeout>"); // all that it takes
  }

  @Test
  void anEndlessDomeTurnsTheShortWay() {
    Dome dome = open("ptz-spherical-endless");
    assertThat(dome.abilities().maxZoomFactor()).isEqualTo(28, within(1e-6));
    assertThat(dome.abilities().zoomIsMeasured()).isTrue();
    dome.carryOut(new PtzCommand.Absolute(10.0, -30.0, 20.0)); // it stands at 710
    assertPanTilt(730, -30);
    assertZoom(86);
    assertThat(last())
        .contains("SphericalPositionSpaceDegrees")
        .contains("PositionSpaceMillimeter");
  }

  @Test
  void aClickMovesByPartsOfThePictureWhereTheCameraCan() {
    Dome dome = open("ptz-spherical-endless");
    dome.carryOut(new PtzCommand.Centre(0.75, 0.25));
    assertThat(device.operations()).contains("RelativeMove").doesNotContain("AbsoluteMove");
    assertThat(device.requests())
        .anySatisfy(
            request ->
                assertThat(request.body())
                    .contains(
                        "<tt:PanTilt x=\"0.5\" y=\"0.5\" space=\"" + SpaceNames.TRANSLATION_FOV));
  }

  @Test
  void aClickIsComputedWhereTheCameraRefusesPartsOfThePicture() {
    Dome dome = open("ptz-fov-refused");
    dome.carryOut(new PtzCommand.Centre(1, 0.5));
    assertThat(lastOperation()).isEqualTo("AbsoluteMove");
    assertPanTilt(30 / 180.0, 0); // half of the assumed 60 degrees
    dome.carryOut(new PtzCommand.Centre(0.5, 0.5));
    assertThat(device.operations().stream().filter("RelativeMove"::equals)).hasSize(1);
  }

  @Test
  void aClickIsComputedWhereTheCameraOnlyPretendsToMove() {
    Dome dome = open("ptz-fov-dead");
    dome.carryOut(new PtzCommand.Centre(1, 0.5));
    assertThat(lastOperation()).isEqualTo("AbsoluteMove");
    assertPanTilt(40, 0);
  }

  @Test
  void aBoxBecomesTheWholePicture() {
    Dome dome = open("ptz-fov-dead");
    dome.carryOut(new PtzCommand.Frame(0.5, 0.375, 0.25, 0.25));
    assertThat(lastOperation()).isEqualTo("AbsoluteMove");
    assertPanTilt(10 + Math.toDegrees(Math.atan(0.25 * Math.tan(Math.toRadians(30)))), 0);
    assertZoom(4.3 * 4);
  }

  @Test
  void axesGoOneByOneWhereBothAreRefused() {
    Dome dome = open("ptz-one-axis");
    dome.carryOut(new PtzCommand.Velocity(1, 0, 1));
    assertThat(device.operations().stream().filter("ContinuousMove"::equals)).hasSize(3);
    dome.carryOut(new PtzCommand.Velocity(1, 0, 1));
    assertThat(device.operations().stream().filter("ContinuousMove"::equals)).hasSize(5);
    dome.carryOut(new PtzCommand.Velocity(1, 0, 0));
    List<ScriptedDevice.Request> all = device.requests();
    assertThat(all.get(all.size() - 2).body()).contains("tt:PanTilt x=\"1\"");
    assertZoom(0);
  }

  @Test
  void aFixedCameraIsToldApart() {
    assertThatThrownBy(() -> open("ptz-fixed-camera"))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED));
  }

  @Test
  void aRangeOfNothingIsNoZoom() {
    Dome dome = open("ptz-no-zoom");
    assertThat(dome.abilities().maxZoomFactor()).isEqualTo(1);
    assertThat(dome.abilities().focus()).isFalse();
    assertThatThrownBy(() -> dome.carryOut(new PtzCommand.Velocity(0, 0, 1)))
        .isInstanceOf(VmsException.class);
    dome.carryOut(new PtzCommand.Centre(1, 0.5)); // needs no zoom to be known
    assertPanTilt(30 / 180.0, 0);
    dome.carryOut(new PtzCommand.Auxiliary(Auxiliary.Device.WIPER, Auxiliary.Switch.ON));
    assertThat(last()).contains("<tds:AuxiliaryCommand>tt:Wiper|On</tds:AuxiliaryCommand>");
  }

  @Test
  void presetsHomeToursAndLamps() {
    Dome dome = open("ptz-generic-dome");
    assertThat(dome.memory().presets())
        .containsExactly(new PtzNamed("1", "Gate"), new PtzNamed("2", "Yard & street"));
    dome.carryOut(new PtzCommand.GoToPreset("1\"><x/>"));
    assertThat(last()).contains("<tptz:PresetToken>1&quot;&gt;&lt;x/&gt;</tptz:PresetToken>");
    dome.carryOut(new PtzCommand.SetPreset(null, "Въезд"));
    assertThat(last())
        .contains("<tptz:PresetName>Въезд</tptz:PresetName>")
        .doesNotContain("PresetToken");
    dome.carryOut(new PtzCommand.SetPreset("2", "Yard"));
    assertThat(last()).contains("<tptz:PresetToken>2</tptz:PresetToken>");
    dome.carryOut(new PtzCommand.RemovePreset("2"));
    dome.carryOut(new PtzCommand.GoHome());
    dome.carryOut(new PtzCommand.SetHome());
    assertThat(device.operations())
        .containsSubsequence("RemovePreset", "GotoHomePosition", "SetHomePosition");
    assertThat(dome.memory().tours()).containsExactly(new PtzNamed("T1", "Night round"));
    dome.carryOut(new PtzCommand.Tour("T1", PtzCommand.Tour.Action.PAUSE));
    assertThat(last()).contains("<tptz:Operation>Pause</tptz:Operation>");
    assertThat(dome.memory().createTour("Day", List.of(new TourStop("1", Duration.ofSeconds(20)))))
        .isEqualTo("T2");
    assertThat(last())
        .contains("<tptz:PresetTour token=\"T2\"><tt:Name>Day</tt:Name>")
        .contains("<tt:PresetToken>1</tt:PresetToken></tt:PresetDetail><tt:StayTime>PT20S<");
    dome.carryOut(new PtzCommand.Auxiliary(Auxiliary.Device.IR_LAMP, Auxiliary.Switch.OFF));
    assertThat(last()).contains("<tptz:AuxiliaryData>tt:IRLamp|off</tptz:AuxiliaryData>");
  }

  @Test
  void focusIrisAndNight() {
    Dome dome = open("ptz-generic-dome");
    dome.carryOut(new PtzCommand.Focus(-0.5));
    assertThat(device.requests().get(device.requests().size() - 2).body())
        .contains("<tt:AutoFocusMode>MANUAL</tt:AutoFocusMode>")
        .contains("<timg:VideoSourceToken>VideoSource_1</timg:VideoSourceToken>");
    assertThat(last()).contains("<tt:Speed>-3.5</tt:Speed>");
    dome.carryOut(new PtzCommand.Focus(0));
    assertThat(lastOperation()).isEqualTo("Stop");
    assertThat(last()).contains("<timg:Stop>");
    dome.carryOut(new PtzCommand.AutoFocus());
    assertThat(last()).contains("<tt:AutoFocusMode>AUTO</tt:AutoFocusMode>");
    dome.carryOut(new PtzCommand.Iris(0.25)); // opens: 0 dB is wide open
    assertThat(last()).contains("<tt:Mode>MANUAL</tt:Mode><tt:Iris>-5.5</tt:Iris>");
    dome.carryOut(new PtzCommand.Iris(null));
    assertThat(last()).contains("<tt:Mode>AUTO</tt:Mode>");
    dome.carryOut(new PtzCommand.DayNight(PtzCommand.DayNight.Mode.NIGHT));
    assertThat(last()).contains("<tt:IrCutFilter>OFF</tt:IrCutFilter>");
  }
}
