package kg.sakchy.onvif.discovery;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A WS-Discovery Probe (2005/04, SOAP 1.2, WS-Addressing 2004/08).
 *
 * @param messageId {@code urn:uuid:...}, which matches name in RelatesTo
 * @param types which devices are meant
 */
record ProbeMessage(String messageId, Types types) {
  /** What is asked for. */
  enum Types {
    /** {@code dn:NetworkVideoTransmitter}: what ONVIF prescribes. */
    VIDEO_TRANSMITTERS("dn:NetworkVideoTransmitter"),
    /** Nothing in particular; some devices answer only this. */
    ANY("");

    private final String text;

    Types(String text) {
      this.text = text;
    }
  }

  static ProbeMessage of(Types types) {
    return new ProbeMessage("urn:uuid:" + UUID.randomUUID(), types);
  }

  /** The datagram, UTF-8. */
  byte[] toBytes() {
    return """
    <?xml version="1.0" encoding="UTF-8"?>\
    <e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" \
    xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing" \
    xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" \
    xmlns:dn="http://www.onvif.org/ver10/network/wsdl">\
    <e:Header><w:MessageID>%s</w:MessageID>\
    <w:To e:mustUnderstand="true">urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To>\
    <w:Action e:mustUnderstand="true">\
    http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action></e:Header>\
    <e:Body><d:Probe><d:Types>%s</d:Types></d:Probe></e:Body></e:Envelope>\
    """
        .formatted(messageId, types.text)
        .getBytes(StandardCharsets.UTF_8);
  }
}
