package kg.sakchy.onvif.discovery;

import java.nio.charset.StandardCharsets;

/** Datagrams as devices send them. */
final class SampleDatagrams {
  private SampleDatagrams() {}

  /** One device's answer to a Probe, in the form many devices send. */
  static byte[] match(String reference, String types, String scopes, String addresses) {
    return envelope(
        """
        <d:ProbeMatches><d:ProbeMatch><wsa:EndpointReference><wsa:Address>%s</wsa:Address>\
        </wsa:EndpointReference><d:Types>%s</d:Types><d:Scopes>%s</d:Scopes>\
        <d:XAddrs>%s</d:XAddrs><d:MetadataVersion>10</d:MetadataVersion></d:ProbeMatch>\
        </d:ProbeMatches>\
        """
            .formatted(reference, types, scopes, addresses));
  }

  static byte[] camera(String reference, String addresses) {
    return match(
        reference,
        "dn:NetworkVideoTransmitter tds:Device",
        "onvif://www.onvif.org/Profile/Streaming onvif://www.onvif.org/Profile/T"
            + " onvif://www.onvif.org/name/Gate%20north onvif://www.onvif.org/hardware/DOME-28"
            + " onvif://www.onvif.org/location/city/osh",
        addresses);
  }

  static byte[] hello(String reference, String addresses) {
    return envelope(
        """
        <d:Hello><wsa:EndpointReference><wsa:Address>%s</wsa:Address></wsa:EndpointReference>\
        <d:Types>dn:NetworkVideoTransmitter</d:Types><d:XAddrs>%s</d:XAddrs></d:Hello>\
        """
            .formatted(reference, addresses));
  }

  static byte[] bye(String reference) {
    return envelope(
        """
        <d:Bye><wsa:EndpointReference><wsa:Address>%s</wsa:Address></wsa:EndpointReference>\
        </d:Bye>\
        """
            .formatted(reference));
  }

  static byte[] envelope(String body) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
        xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing"
        xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"
        xmlns:dn="http://www.onvif.org/ver10/network/wsdl"
        xmlns:tds="http://www.onvif.org/ver10/device/wsdl">
      <s:Header><wsa:MessageID>urn:uuid:0b6f5e1e-0000-4000-8000-000000000001</wsa:MessageID></s:Header>
      <s:Body>%s</s:Body>
    </s:Envelope>\
    """
        .formatted(body)
        .getBytes(StandardCharsets.UTF_8);
  }
}
