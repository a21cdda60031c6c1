package kg.sakchy.sim.onvif.imaging;

import kg.sakchy.sim.onvif.PtzSpec;
import kg.sakchy.sim.onvif.SimDeviceClock;
import kg.sakchy.sim.onvif.device.ServiceCapabilities;
import kg.sakchy.sim.onvif.event.SimEvents;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import kg.sakchy.sim.onvif.soap.XmlElement;
import org.jspecify.annotations.Nullable;

/** Settings of the picture, and the focus, which moves like an axis of a head. */
public final class ImagingService implements SoapService {
  private static final PtzSpec.Range LEVELS = new PtzSpec.Range(0, 100);
  private static final PtzSpec.Range IRIS = new PtzSpec.Range(-20, 0);
  private static final double FULL_FOCUS_SECONDS = 5;

  private final SimDeviceClock clock;
  private double brightness = 50;
  private String irCutFilter = "AUTO";
  private String focusMode = "AUTO";
  private String exposureMode = "AUTO";
  private double iris = -10;
  private double focus = 0.5;
  private double focusSpeed;
  private long focusSince;

  public ImagingService(SimDeviceClock clock) {
    this.clock = clock;
  }

  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    if (call.operation().equals("GetServiceCapabilities")) {
      return SoapAnswer.of(
          ServiceCapabilities.imaging(new Xml().begin("timg:GetServiceCapabilitiesResponse"))
              .end());
    }
    return switch (call.operation()) {
      case "GetImagingSettings" -> {
        checkSource(call);
        yield settings();
      }
      case "SetImagingSettings" -> {
        checkSource(call);
        yield set(call.body());
      }
      case "GetOptions" -> {
        checkSource(call);
        yield options();
      }
      case "GetMoveOptions" -> {
        checkSource(call);
        yield moveOptions();
      }
      case "Move" -> {
        checkSource(call);
        yield move(call.body());
      }
      case "Stop" -> {
        checkSource(call);
        settleFocus();
        yield SoapAnswer.empty("timg:StopResponse");
      }
      case "GetStatus" -> {
        checkSource(call);
        yield status();
      }
      default -> null;
    };
  }

  private static void checkSource(SoapCall call) {
    if (!call.body().require("VideoSourceToken").equals(SimEvents.VIDEO_SOURCE)) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:NoSource", "no such video source");
    }
  }

  private SoapAnswer settings() {
    return SoapAnswer.of(
        new Xml()
            .begin("timg:GetImagingSettingsResponse")
            .begin("timg:ImagingSettings")
            .leaf("tt:Brightness", brightness)
            .begin("tt:Exposure")
            .leaf("tt:Mode", exposureMode)
            .leaf("tt:Iris", iris)
            .end()
            .begin("tt:Focus")
            .leaf("tt:AutoFocusMode", focusMode)
            .end()
            .leaf("tt:IrCutFilter", irCutFilter)
            .end()
            .end());
  }

  private SoapAnswer set(XmlElement body) {
    XmlElement wanted = body.child("ImagingSettings");
    if (wanted == null) {
      throw SoapFault.sender("ter:InvalidArgs", "missing ImagingSettings");
    }
    double newBrightness = wanted.number(brightness, "Brightness");
    double newIris = wanted.number(iris, "Exposure", "Iris");
    String newFilter = oneOf(wanted.textAt("IrCutFilter"), irCutFilter, "ON", "OFF", "AUTO");
    String newFocus = oneOf(wanted.textAt("Focus", "AutoFocusMode"), focusMode, "AUTO", "MANUAL");
    String newExposure = oneOf(wanted.textAt("Exposure", "Mode"), exposureMode, "AUTO", "MANUAL");
    if (!LEVELS.contains(newBrightness) || !IRIS.contains(newIris)) {
      throw refused();
    }
    brightness = newBrightness;
    iris = newIris;
    irCutFilter = newFilter;
    focusMode = newFocus;
    exposureMode = newExposure;
    return SoapAnswer.empty("timg:SetImagingSettingsResponse");
  }

  private static String oneOf(@Nullable String wanted, String old, String... known) {
    if (wanted == null) {
      return old;
    }
    if (!java.util.List.of(known).contains(wanted)) {
      throw refused();
    }
    return wanted;
  }

  private static SoapFault refused() {
    return SoapFault.sender("ter:InvalidArgVal", "ter:SettingsInvalid", "cannot be set so");
  }

  private SoapAnswer options() {
    Xml xml = new Xml().begin("timg:GetOptionsResponse").begin("timg:ImagingOptions");
    range(xml, "tt:Brightness", LEVELS);
    xml.begin("tt:Exposure").leaf("tt:Mode", "AUTO").leaf("tt:Mode", "MANUAL");
    range(xml, "tt:Iris", IRIS);
    return SoapAnswer.of(
        xml.end()
            .begin("tt:Focus")
            .leaf("tt:AutoFocusModes", "AUTO")
            .leaf("tt:AutoFocusModes", "MANUAL")
            .end()
            .leaf("tt:IrCutFilterModes", "ON")
            .leaf("tt:IrCutFilterModes", "OFF")
            .leaf("tt:IrCutFilterModes", "AUTO")
            .end()
            .end());
  }

  private static void range(Xml xml, String element, PtzSpec.Range range) {
    xml.begin(element).leaf("tt:Min", range.min()).leaf("tt:Max", range.max()).end();
  }

  private SoapAnswer moveOptions() {
    PtzSpec.Range unsigned = new PtzSpec.Range(0, 1);
    PtzSpec.Range signed = new PtzSpec.Range(-1, 1);
    Xml xml =
        new Xml()
            .begin("timg:GetMoveOptionsResponse")
            .begin("timg:MoveOptions")
            .begin("tt:Absolute");
    range(xml, "tt:Position", unsigned);
    xml.end().begin("tt:Relative");
    range(xml, "tt:Distance", signed);
    xml.end().begin("tt:Continuous");
    range(xml, "tt:Speed", signed);
    return SoapAnswer.of(xml.end().end().end());
  }

  private SoapAnswer move(XmlElement body) {
    if (body.at("Focus", "Absolute") != null) {
      settleFocus();
      focus = bounded(body.number(focus, "Focus", "Absolute", "Position"), 0);
    } else if (body.at("Focus", "Relative") != null) {
      settleFocus();
      double way = bounded(body.number(0, "Focus", "Relative", "Distance"), -1);
      focus = Math.clamp(focus + way, 0, 1);
    } else if (body.at("Focus", "Continuous") != null) {
      settleFocus();
      focusSpeed = bounded(body.number(0, "Focus", "Continuous", "Speed"), -1);
    } else {
      throw SoapFault.sender("ter:InvalidArgs", "missing Focus");
    }
    focusMode = "MANUAL";
    return SoapAnswer.empty("timg:MoveResponse");
  }

  private static double bounded(double value, double min) {
    if (value < min || value > 1) {
      throw refused();
    }
    return value;
  }

  private double focusNow() {
    double seconds = (clock.nanoTime() - focusSince) / 1e9;
    return Math.clamp(focus + focusSpeed * seconds / FULL_FOCUS_SECONDS, 0, 1);
  }

  private void settleFocus() {
    focus = focusNow();
    focusSpeed = 0;
    focusSince = clock.nanoTime();
  }

  private SoapAnswer status() {
    double now = focusNow();
    boolean moving = focusSpeed > 0 ? now < 1 : focusSpeed < 0 && now > 0;
    return SoapAnswer.of(
        new Xml()
            .begin("timg:GetStatusResponse")
            .begin("timg:Status")
            .begin("tt:FocusStatus20")
            .leaf("tt:Position", now)
            .leaf("tt:MoveStatus", moving ? "MOVING" : "IDLE")
            .end()
            .end()
            .end());
  }
}
