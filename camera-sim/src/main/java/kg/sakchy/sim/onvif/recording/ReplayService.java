package kg.sakchy.sim.onvif.recording;

import kg.sakchy.sim.SimCamera;
import kg.sakchy.sim.onvif.device.ServiceCapabilities;
import kg.sakchy.sim.onvif.device.Services;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import org.jspecify.annotations.Nullable;

/** Where recordings are replayed (ONVIF Replay Control specification). */
public final class ReplayService implements SoapService {
  private final RecordingStore store;
  private String sessionTimeout = "PT60S";

  public ReplayService(RecordingStore store) {
    this.store = store;
  }

  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    return switch (call.operation()) {
      case "GetServiceCapabilities" ->
          SoapAnswer.of(
              ServiceCapabilities.replay(new Xml().begin("trp:GetServiceCapabilitiesResponse"))
                  .end());
      case "GetReplayUri" -> uri(call);
      case "GetReplayConfiguration" ->
          SoapAnswer.of(
              new Xml()
                  .begin("trp:GetReplayConfigurationResponse")
                  .begin("trp:Configuration")
                  .leaf("tt:SessionTimeout", sessionTimeout)
                  .end()
                  .end());
      case "SetReplayConfiguration" -> {
        sessionTimeout = call.body().require("Configuration", "SessionTimeout");
        yield SoapAnswer.empty("trp:SetReplayConfigurationResponse");
      }
      default -> null;
    };
  }

  private SoapAnswer uri(SoapCall call) {
    store.check(call.body().require("RecordingToken"));
    boolean tcp =
        call.body().require("StreamSetup", "Stream").equals("RTP-Unicast")
            && call.body().require("StreamSetup", "Transport", "Protocol").equals("RTSP");
    SimCamera camera = store.camera();
    if (!tcp || camera == null) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:InvalidStreamSetup", "RTSP only");
    }
    return SoapAnswer.of(
        new Xml()
            .begin("trp:GetReplayUriResponse")
            .leaf("trp:Uri", Services.streamAddress(store.device(), camera.replayUri()))
            .end());
  }
}
