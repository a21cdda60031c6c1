package kg.sakchy.sim.onvif.discovery;

import java.util.ArrayList;
import java.util.List;
import kg.sakchy.sim.onvif.soap.Ns;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapRequest;
import kg.sakchy.sim.onvif.soap.XmlElement;
import org.jspecify.annotations.Nullable;

/** A question of WS-Discovery. */
sealed interface ProbeRequest {
  /** Id of the message, for the answer. */
  String messageId();

  /**
   * Who is there?
   *
   * @param types wanted, as {@code {namespace}name}; all must fit
   * @param scopes wanted; all must fit
   * @param understood false if a rule of matching or a prefix is unknown: nothing fits then
   */
  record Probe(String messageId, List<String> types, List<String> scopes, boolean understood)
      implements ProbeRequest {}

  /**
   * Where is this endpoint?
   *
   * @param endpoint its address
   */
  record Resolve(String messageId, String endpoint) implements ProbeRequest {}

  /** Reads a datagram; null if it is no question. */
  static @Nullable ProbeRequest read(byte[] datagram) {
    try {
      SoapRequest request = SoapRequest.read(datagram);
      XmlElement id = request.header(Ns.OLD_ADDRESSING, "MessageID");
      XmlElement body = request.body();
      if (id == null || !body.namespace().equals(Ns.DISCOVERY)) {
        return null;
      }
      return switch (body.name()) {
        case "Probe" -> probe(id.text(), body);
        case "Resolve" -> resolve(id.text(), body);
        default -> null;
      };
    } catch (SoapFault e) {
      return null;
    }
  }

  private static @Nullable ProbeRequest resolve(String id, XmlElement body) {
    XmlElement reference = body.child(Ns.OLD_ADDRESSING, "EndpointReference");
    XmlElement address = reference == null ? null : reference.child(Ns.OLD_ADDRESSING, "Address");
    return address == null ? null : new Resolve(id, address.text());
  }

  private static ProbeRequest probe(String id, XmlElement body) {
    List<String> types = new ArrayList<>();
    boolean understood = true;
    XmlElement wanted = body.child(Ns.DISCOVERY, "Types");
    if (wanted != null && !wanted.text().isEmpty()) {
      for (String name : wanted.text().split("\\s+", -1)) {
        int colon = name.indexOf(':');
        String namespace = wanted.scope().get(colon < 0 ? "" : name.substring(0, colon));
        understood &= namespace != null;
        types.add("{" + namespace + "}" + name.substring(colon + 1));
      }
    }
    XmlElement scopes = body.child(Ns.DISCOVERY, "Scopes");
    List<String> wantedScopes = List.of();
    if (scopes != null && !scopes.text().isEmpty()) {
      String rule = scopes.attributes().getOrDefault("MatchBy", Ns.DISCOVERY + "/rfc2396");
      understood &= rule.equals(Ns.DISCOVERY + "/rfc2396") || rule.endsWith("/rfc3986");
      wantedScopes = List.of(scopes.text().split("\\s+", -1));
    }
    return new Probe(id, types, wantedScopes, understood);
  }
}
