package kg.sakchy.sim.onvif.device;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import kg.sakchy.sim.onvif.event.SimEvents;
import kg.sakchy.sim.onvif.soap.Ns;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import org.jspecify.annotations.Nullable;

/**
 * Relay outputs and digital inputs (ONVIF Device IO §5). The relay operations are those of the
 * device service (Core §8.5), at either address.
 */
public final class RelayService implements SoapService {
  private final DeviceState device;
  private final BiConsumer<String, Boolean> switched;
  private final Set<String> active = new HashSet<>();

  public RelayService(DeviceState device, SimEvents events) {
    this.device = device;
    this.switched = events::relay;
  }

  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    boolean deviceIo = call.body().namespace().equals(Ns.DEVICE_IO.uri());
    return switch (call.operation()) {
      case "GetRelayOutputs" -> relays();
      case "SetRelayOutputState" -> set(call);
      case "GetDigitalInputs" -> deviceIo ? inputs() : null;
      case "GetServiceCapabilities" ->
          deviceIo
              ? SoapAnswer.of(
                  ServiceCapabilities.deviceIo(
                          new Xml().begin("tmd:GetServiceCapabilitiesResponse"),
                          device.profile().digitalInputs())
                      .end())
              : null;
      default -> null;
    };
  }

  private SoapAnswer relays() {
    Xml xml = new Xml().begin("tds:GetRelayOutputsResponse");
    for (int i = 1; i <= device.profile().digitalInputs(); i++) {
      xml.begin("tds:RelayOutputs", "token", "Relay_" + i)
          .begin("tt:Properties")
          .leaf("tt:Mode", "Bistable")
          .leaf("tt:DelayTime", "PT0S")
          .leaf("tt:IdleState", "open")
          .end()
          .end();
    }
    return SoapAnswer.of(xml.end());
  }

  private SoapAnswer set(SoapCall call) {
    String token = call.body().require("RelayOutputToken");
    if (!isKnown("Relay_", token)) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:RelayToken", "no such relay");
    }
    boolean on =
        switch (call.body().require("LogicalState")) {
          case "active" -> true;
          case "inactive" -> false;
          default -> throw SoapFault.sender("ter:InvalidArgVal", "LogicalState");
        };
    if (on ? active.add(token) : active.remove(token)) {
      switched.accept(token, on);
    }
    return SoapAnswer.empty("tds:SetRelayOutputStateResponse");
  }

  private boolean isKnown(String kind, String token) {
    for (int i = 1; i <= device.profile().digitalInputs(); i++) {
      if (token.equals(kind + i)) {
        return true;
      }
    }
    return false;
  }

  private SoapAnswer inputs() {
    Xml xml = new Xml().begin("tmd:GetDigitalInputsResponse");
    for (int i = 1; i <= device.profile().digitalInputs(); i++) {
      xml.empty("tmd:DigitalInputs", "token", "DigitalInput_" + i, "IdleState", "open");
    }
    return SoapAnswer.of(xml.end());
  }
}
