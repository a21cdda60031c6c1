package kg.sakchy.sim.onvif.soap;

import org.jspecify.annotations.Nullable;

/** Writes envelopes. Threads: pure functions. */
public final class SoapEnvelope {
  private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

  private SoapEnvelope() {}

  /**
   * An answer.
   *
   * @param header XML of header blocks, may be empty
   * @param body XML of the body
   */
  public static String of(String header, String body) {
    StringBuilder out = new StringBuilder(2_048 + header.length() + body.length());
    out.append(DECLARATION).append("<s:Envelope").append(Ns.declarations()).append('>');
    if (!header.isEmpty()) {
      out.append("<s:Header>").append(header).append("</s:Header>");
    }
    return out.append("<s:Body>").append(body).append("</s:Body></s:Envelope>").toString();
  }

  /** Addressing headers of an answer: its action, and the message it answers if that has an id. */
  public static String answerHeaders(String action, @Nullable String relatesTo) {
    Xml xml = new Xml().leaf("wsa:Action", action, "s:mustUnderstand", "true");
    if (relatesTo != null) {
      xml.leaf("wsa:RelatesTo", relatesTo);
    }
    return xml.finish();
  }

  /** A fault (SOAP 1.2 part 1 §5.4). */
  public static String fault(SoapFault fault) {
    Xml xml = new Xml().begin("s:Fault").begin("s:Code").leaf("s:Value", fault.code());
    for (String subcode : fault.subcodes()) {
      xml.begin("s:Subcode").leaf("s:Value", subcode);
    }
    for (int i = 0; i < fault.subcodes().size(); i++) {
      xml.end();
    }
    xml.end().begin("s:Reason").leaf("s:Text", fault.reason(), "xml:lang", "en").end();
    if (!fault.detail().isEmpty()) {
      xml.begin("s:Detail").raw(fault.detail()).end();
    }
    return of("", xml.end().finish());
  }

  /** The same in SOAP 1.1, which no client of ONVIF asked for. */
  public static String oldFault(SoapFault fault) {
    String subcode = fault.subcodes().isEmpty() ? "" : fault.subcodes().getLast();
    return DECLARATION
        + new Xml()
            .begin(
                "SOAP-ENV:Envelope", "xmlns:SOAP-ENV", Ns.OLD_ENVELOPE, "xmlns:ter", Ns.ERROR.uri())
            .begin("SOAP-ENV:Body")
            .begin("SOAP-ENV:Fault")
            .leaf("faultcode", subcode.isEmpty() ? "SOAP-ENV:Client" : subcode)
            .leaf("faultstring", fault.reason())
            .end()
            .end()
            .end()
            .finish();
  }
}
