package kg.sakchy.sim.onvif.ptz;

import kg.sakchy.sim.onvif.PtzSpec;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import org.jspecify.annotations.Nullable;

/** Presets and home (ONVIF PTZ §5.4, §5.5). */
public final class PtzPresetService implements SoapService {
  private static final int MAX_NAME = 64;

  private final PtzTarget target;
  private final Presets presets;

  public PtzPresetService(PtzTarget target, Presets presets) {
    this.target = target;
    this.presets = presets;
  }

  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    return switch (call.operation()) {
      case "GetPresets" -> list(call);
      case "SetPreset" -> set(call);
      case "GotoPreset" -> {
        presets.go(known(call).place(), 1);
        yield SoapAnswer.empty("tptz:GotoPresetResponse");
      }
      case "RemovePreset" -> {
        presets.all().remove(known(call).token());
        yield SoapAnswer.empty("tptz:RemovePresetResponse");
      }
      case "GotoHomePosition" -> {
        target.checkProfile(call);
        presets.go(presets.home(), 1);
        yield SoapAnswer.empty("tptz:GotoHomePositionResponse");
      }
      case "SetHomePosition" -> {
        target.checkProfile(call);
        presets.setHome();
        yield SoapAnswer.empty("tptz:SetHomePositionResponse");
      }
      default -> null;
    };
  }

  private SoapAnswer list(SoapCall call) {
    target.checkProfile(call);
    return SoapAnswer.of(
        new Xml().begin("tptz:GetPresetsResponse").each(presets.all().values(), this::write).end());
  }

  private void write(Xml xml, Presets.Preset preset) {
    PtzSpec spec = target.head().spec();
    Presets.Place place = preset.place();
    double pan = new PtzSpec.Range(spec.panMin(), spec.panMax()).share(place.panDegrees());
    double tilt = new PtzSpec.Range(spec.tiltMin(), spec.tiltMax()).share(place.tiltDegrees());
    xml.begin("tptz:Preset", "token", preset.token())
        .leaf("tt:Name", preset.name())
        .begin("tt:PTZPosition")
        .empty(
            "tt:PanTilt",
            "x",
            Xml.text(spec.genericPan().at(pan)),
            "y",
            Xml.text(spec.genericTilt().at(tilt)),
            "space",
            PtzSpaces.POSITION)
        .empty(
            "tt:Zoom",
            "x",
            Xml.text(spec.genericZoom().at(place.zoomShare())),
            "space",
            PtzSpaces.ZOOM_POSITION)
        .end()
        .end();
  }

  private Presets.Preset known(SoapCall call) {
    target.checkProfile(call);
    Presets.Preset preset = presets.find(call.body().require("PresetToken"));
    if (preset == null) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:NoToken", "no such preset");
    }
    return preset;
  }

  private SoapAnswer set(SoapCall call) {
    target.checkProfile(call);
    String token = call.body().textAt("PresetToken");
    String name = call.body().textAt("PresetName");
    if (name != null && name.length() > MAX_NAME) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:InvalidPresetName", "a name too long");
    }
    if (target.head().panTiltMoving()) {
      throw SoapFault.receiver("ter:Action", "ter:MovingPTZ", "the head moves");
    }
    Presets.Preset before = token == null || token.isEmpty() ? null : known(call);
    boolean taken =
        presets.all().values().stream()
            .anyMatch(preset -> !preset.equals(before) && preset.name().equals(name));
    if (taken) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:PresetExist", "a name taken");
    }
    if (before == null && presets.all().size() >= target.head().spec().maxPresets()) {
      throw SoapFault.receiver("ter:Action", "ter:TooManyPresets", "too many presets");
    }
    String newToken = before == null ? presets.newToken() : before.token();
    String oldName = before == null ? newToken : before.name();
    presets.put(new Presets.Preset(newToken, name == null ? oldName : name, presets.here()));
    return SoapAnswer.of(
        new Xml().begin("tptz:SetPresetResponse").leaf("tptz:PresetToken", newToken).end());
  }
}
