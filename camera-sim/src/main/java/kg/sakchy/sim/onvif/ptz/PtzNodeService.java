package kg.sakchy.sim.onvif.ptz;

import kg.sakchy.sim.onvif.SimQuirk;
import kg.sakchy.sim.onvif.device.AuxiliaryCommands;
import kg.sakchy.sim.onvif.device.ServiceCapabilities;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import org.jspecify.annotations.Nullable;

/** Nodes, configurations, auxiliary commands (ONVIF PTZ §5.1, §5.2, §5.6). */
public final class PtzNodeService implements SoapService {
  private final PtzTarget target;
  private final PtzSpaces spaces;

  public PtzNodeService(PtzTarget target) {
    this.target = target;
    this.spaces = new PtzSpaces(target.device(), target.head().spec());
  }

  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    return switch (call.operation()) {
      case "GetServiceCapabilities" ->
          SoapAnswer.of(
              ServiceCapabilities.ptz(new Xml().begin("tptz:GetServiceCapabilitiesResponse"))
                  .end());
      case "GetNodes" -> {
        Xml xml = new Xml().begin("tptz:GetNodesResponse");
        node(xml);
        yield SoapAnswer.of(xml.end());
      }
      case "GetNode" -> {
        checkToken(call, "NodeToken", PtzTarget.NODE, "ter:NoEntity");
        Xml xml = new Xml().begin("tptz:GetNodeResponse");
        node(xml);
        yield SoapAnswer.of(xml.end());
      }
      case "GetConfigurations" -> configurations("tptz:GetConfigurationsResponse");
      case "GetCompatibleConfigurations" -> {
        target.checkProfile(call);
        yield configurations("tptz:GetCompatibleConfigurationsResponse");
      }
      case "GetConfiguration" -> {
        checkToken(call, "PTZConfigurationToken", PtzTarget.CONFIGURATION, "ter:NoConfig");
        Xml xml = new Xml().begin("tptz:GetConfigurationResponse");
        configuration(xml, "tptz:PTZConfiguration");
        yield SoapAnswer.of(xml.end());
      }
      case "GetConfigurationOptions" -> options(call);
      case "SendAuxiliaryCommand" -> {
        target.checkProfile(call);
        String command = call.body().require("AuxiliaryData");
        yield SoapAnswer.of(
            new Xml()
                .begin("tptz:SendAuxiliaryCommandResponse")
                .leaf(
                    "tptz:AuxiliaryResponse", AuxiliaryCommands.carryOut(target.device(), command))
                .end());
      }
      default -> null;
    };
  }

  private static void checkToken(SoapCall call, String name, String known, String subcode) {
    if (!call.body().require(name).equals(known)) {
      throw SoapFault.sender("ter:InvalidArgVal", subcode, "no such " + name);
    }
  }

  private void node(Xml xml) {
    xml.begin("tptz:PTZNode", "token", PtzTarget.NODE, "FixedHomePosition", "false")
        .leaf("tt:Name", "Head")
        .begin("tt:SupportedPTZSpaces");
    spaces.write(xml);
    xml.end()
        .leaf("tt:MaximumNumberOfPresets", target.head().spec().maxPresets())
        .leaf("tt:HomeSupported", true)
        .each(
            AuxiliaryCommands.of(target.device()),
            (out, command) -> out.leaf("tt:AuxiliaryCommands", command))
        .begin("tt:Extension")
        .begin("tt:SupportedPresetTour")
        .leaf("tt:MaximumNumberOfPresetTours", PresetTours.MAX_TOURS)
        .leaf("tt:PTZPresetTourOperation", "Start")
        .leaf("tt:PTZPresetTourOperation", "Stop")
        .leaf("tt:PTZPresetTourOperation", "Pause")
        .end()
        .end()
        .end();
  }

  private SoapAnswer configurations(String element) {
    Xml xml = new Xml().begin(element);
    configuration(xml, "tptz:PTZConfiguration");
    return SoapAnswer.of(xml.end());
  }

  /** The one configuration, under the name that a service gives it. */
  public void configuration(Xml xml, String element) {
    xml.begin(element, "token", PtzTarget.CONFIGURATION)
        .leaf("tt:Name", "Head")
        .leaf("tt:UseCount", target.device().profile().streams().size())
        .leaf("tt:NodeToken", PtzTarget.NODE);
    if (!target.has(SimQuirk.NO_DEFAULT_SPACES)) {
      // The misspelling is the schema's.
      xml.leaf("tt:DefaultAbsolutePantTiltPositionSpace", PtzSpaces.POSITION)
          .leaf("tt:DefaultAbsoluteZoomPositionSpace", PtzSpaces.ZOOM_POSITION)
          .leaf("tt:DefaultRelativePanTiltTranslationSpace", PtzSpaces.TRANSLATION)
          .leaf("tt:DefaultRelativeZoomTranslationSpace", PtzSpaces.ZOOM_TRANSLATION)
          .leaf("tt:DefaultContinuousPanTiltVelocitySpace", PtzSpaces.VELOCITY)
          .leaf("tt:DefaultContinuousZoomVelocitySpace", PtzSpaces.ZOOM_VELOCITY)
          .begin("tt:DefaultPTZSpeed")
          .empty("tt:PanTilt", "x", "1", "y", "1", "space", PtzSpaces.SPEED)
          .empty("tt:Zoom", "x", "1", "space", PtzSpaces.ZOOM_SPEED)
          .end();
    }
    xml.leaf("tt:DefaultPTZTimeout", PtzMoveService.DEFAULT_TIMEOUT);
    spaces.writeLimits(xml);
    xml.end();
  }

  private SoapAnswer options(SoapCall call) {
    checkToken(call, "ConfigurationToken", PtzTarget.CONFIGURATION, "ter:NoConfig");
    Xml xml =
        new Xml()
            .begin("tptz:GetConfigurationOptionsResponse")
            .begin("tptz:PTZConfigurationOptions")
            .begin("tt:Spaces");
    spaces.write(xml);
    return SoapAnswer.of(
        xml.end()
            .begin("tt:PTZTimeout")
            .leaf("tt:Min", "PT0.1S")
            .leaf("tt:Max", PtzMoveService.LONGEST_TIMEOUT)
            .end()
            .end()
            .end());
  }
}
