package kg.sakchy.sim.onvif.soap;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request out of its envelope.
 *
 * @param headers header blocks
 * @param body the first element of the body, which names the operation
 */
public record SoapRequest(List<XmlElement> headers, XmlElement body) {
  /**
   * Opens an envelope.
   *
   * @throws SoapFault if it is none of SOAP 1.2, or its body is empty
   */
  public static SoapRequest read(byte[] document) {
    XmlElement root = XmlReader.read(document);
    if (root.is(Ns.OLD_ENVELOPE, "Envelope")) {
      throw SoapFault.versionMismatch();
    }
    if (!root.is(Ns.ENVELOPE.uri(), "Envelope")) {
      throw SoapFault.sender("ter:WellFormed", "no envelope");
    }
    XmlElement header = root.child(Ns.ENVELOPE.uri(), "Header");
    XmlElement body = root.child(Ns.ENVELOPE.uri(), "Body");
    if (body == null || body.children().isEmpty()) {
      throw SoapFault.sender("ter:WellFormed", "no body");
    }
    return new SoapRequest(
        header == null ? List.of() : header.children(), body.children().getFirst());
  }

  /** A header block, or null. */
  public @Nullable XmlElement header(String namespace, String name) {
    for (XmlElement header : headers) {
      if (header.is(namespace, name)) {
        return header;
      }
    }
    return null;
  }

  public String operation() {
    return body.name();
  }
}
