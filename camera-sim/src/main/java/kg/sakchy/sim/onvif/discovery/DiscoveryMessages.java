package kg.sakchy.sim.onvif.discovery;

import java.util.List;
import java.util.UUID;
import kg.sakchy.sim.onvif.soap.Ns;
import kg.sakchy.sim.onvif.soap.Xml;
import org.jspecify.annotations.Nullable;

/** Writes the messages of a device (WS-Discovery §4 to §6). Threads: pure functions. */
final class DiscoveryMessages {
  private static final String ANONYMOUS = Ns.OLD_ADDRESSING + "/role/anonymous";
  private static final String EVERYBODY = "urn:schemas-xmlsoap-org:ws:2005:04:discovery";

  private DiscoveryMessages() {}

  /**
   * What a device is found by.
   *
   * @param types qualified names with the prefixes {@code dn} and {@code tds}
   * @param address of the device service
   */
  record Target(
      UUID endpoint, List<String> types, List<String> scopes, String address, int version) {}

  static String hello(Target target, UUID instance, long number) {
    return message("Hello", EVERYBODY, null, instance, number, fullTarget("d:Hello", target));
  }

  static String bye(Target target, UUID instance, long number) {
    Xml body = new Xml().begin("d:Bye");
    endpoint(body, target);
    return message("Bye", EVERYBODY, null, instance, number, body.end().finish());
  }

  static String probeMatches(Target target, String relatesTo, UUID instance, long number) {
    String body =
        new Xml().begin("d:ProbeMatches").raw(fullTarget("d:ProbeMatch", target)).end().finish();
    return message("ProbeMatches", ANONYMOUS, relatesTo, instance, number, body);
  }

  static String resolveMatches(Target target, String relatesTo, UUID instance, long number) {
    String body =
        new Xml()
            .begin("d:ResolveMatches")
            .raw(fullTarget("d:ResolveMatch", target))
            .end()
            .finish();
    return message("ResolveMatches", ANONYMOUS, relatesTo, instance, number, body);
  }

  private static String fullTarget(String element, Target target) {
    Xml xml = new Xml().begin(element);
    endpoint(xml, target);
    return xml.leaf("d:Types", String.join(" ", target.types()))
        .leaf("d:Scopes", String.join(" ", target.scopes()))
        .leaf("d:XAddrs", target.address())
        .leaf("d:MetadataVersion", target.version())
        .end()
        .finish();
  }

  private static void endpoint(Xml xml, Target target) {
    xml.begin("wsa:EndpointReference").leaf("wsa:Address", "urn:uuid:" + target.endpoint()).end();
  }

  private static String message(
      String action,
      String to,
      @Nullable String relatesTo,
      UUID instance,
      long number,
      String body) {
    Xml xml =
        new Xml()
            .begin(
                "s:Envelope",
                "xmlns:s",
                Ns.ENVELOPE.uri(),
                "xmlns:wsa",
                Ns.OLD_ADDRESSING,
                "xmlns:d",
                Ns.DISCOVERY,
                "xmlns:dn",
                Ns.NETWORK_WSDL,
                "xmlns:tds",
                Ns.DEVICE.uri())
            .begin("s:Header")
            .leaf("wsa:MessageID", "urn:uuid:" + UUID.randomUUID());
    if (relatesTo != null) {
      xml.leaf("wsa:RelatesTo", relatesTo);
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + xml.leaf("wsa:To", to)
            .leaf("wsa:Action", Ns.DISCOVERY + "/" + action)
            .empty(
                "d:AppSequence",
                "InstanceId",
                String.valueOf(instance.getLeastSignificantBits() >>> 40),
                "MessageNumber",
                String.valueOf(number))
            .end()
            .begin("s:Body")
            .raw(body)
            .end()
            .end()
            .finish();
  }
}
