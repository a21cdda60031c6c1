package kg.sakchy.sim.onvif.device;

import java.util.List;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import kg.sakchy.sim.onvif.soap.XmlElement;
import org.jspecify.annotations.Nullable;

/** Discovery scopes and mode (ONVIF Core §7.3.5). */
public final class ScopeService implements SoapService {
  private static final int MAX_SCOPES = 16;

  private final DeviceState device;

  public ScopeService(DeviceState device) {
    this.device = device;
  }

  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    return switch (call.operation()) {
      case "GetScopes" -> scopes();
      case "AddScopes" -> {
        List<String> added = texts(call.body(), "ScopeItem");
        check(device.addedScopes().size() + added.size());
        device.addedScopes().addAll(added);
        yield SoapAnswer.empty("tds:AddScopesResponse");
      }
      case "SetScopes" -> {
        List<String> scopes = texts(call.body(), "Scopes");
        check(scopes.size());
        device.addedScopes().clear();
        device.addedScopes().addAll(scopes);
        yield SoapAnswer.empty("tds:SetScopesResponse");
      }
      case "RemoveScopes" -> remove(texts(call.body(), "ScopeItem"));
      case "GetDiscoveryMode" ->
          SoapAnswer.of(
              new Xml()
                  .begin("tds:GetDiscoveryModeResponse")
                  .leaf(
                      "tds:DiscoveryMode",
                      device.discoverable() ? "Discoverable" : "NonDiscoverable")
                  .end());
      case "SetDiscoveryMode" -> {
        device.setDiscoverable(call.body().require("DiscoveryMode").equals("Discoverable"));
        yield SoapAnswer.empty("tds:SetDiscoveryModeResponse");
      }
      default -> null;
    };
  }

  private static List<String> texts(XmlElement body, String name) {
    return body.childrenNamed(name).stream().map(XmlElement::text).toList();
  }

  private static void check(int count) {
    if (count > MAX_SCOPES) {
      throw SoapFault.receiver("ter:Action", "ter:TooManyScopes", "too many scopes");
    }
  }

  private SoapAnswer scopes() {
    return SoapAnswer.of(
        new Xml()
            .begin("tds:GetScopesResponse")
            .each(device.fixedScopes(), (xml, scope) -> scope(xml, "Fixed", scope))
            .each(device.addedScopes(), (xml, scope) -> scope(xml, "Configurable", scope))
            .end());
  }

  private static void scope(Xml xml, String kind, String scope) {
    xml.begin("tds:Scopes").leaf("tt:ScopeDef", kind).leaf("tt:ScopeItem", scope).end();
  }

  private SoapAnswer remove(List<String> scopes) {
    for (String scope : scopes) {
      if (device.fixedScopes().contains(scope)) {
        throw SoapFault.sender("ter:OperationProhibited", "ter:FixedScope", "a fixed scope");
      }
      if (!device.addedScopes().contains(scope)) {
        throw SoapFault.sender("ter:InvalidArgVal", "ter:NoScope", "no such scope");
      }
    }
    device.addedScopes().removeAll(scopes);
    Xml xml = new Xml().begin("tds:RemoveScopesResponse");
    return SoapAnswer.of(xml.each(scopes, (out, scope) -> out.leaf("tds:ScopeItem", scope)).end());
  }
}
