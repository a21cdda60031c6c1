package kg.sakchy.onvif.soap;

import java.net.URI;
import kg.sakchy.onvif.security.UsernameToken;
import org.jspecify.annotations.Nullable;

/**
 * SOAP 1.2 messages: writes requests.
 *
 * <p>Threads: pure functions.
 */
final class SoapEnvelope {
  private static final String OPEN =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
          + "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
          + " xmlns:tt=\"http://www.onvif.org/ver10/schema\"";
  private static final String NOTIFICATION =
      " xmlns:wsnt=\"http://docs.oasis-open.org/wsn/b-2\""
          + " xmlns:wsa=\"http://www.w3.org/2005/08/addressing\"";
  private static final String WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";

  private static final XmlTemplate SECURITY =
      XmlTemplate.of(
          "<wsse:Security s:mustUnderstand=\"1\" xmlns:wsse=\""
              + WSSE
              + "wssecurity-secext-1.0.xsd\" xmlns:wsu=\""
              + WSSE
              + "wssecurity-utility-1.0.xsd\"><wsse:UsernameToken><wsse:Username>{}</wsse:Username>"
              + "<wsse:Password Type=\""
              + WSSE
              + "username-token-profile-1.0#PasswordDigest\">{}</wsse:Password>"
              + "<wsse:Nonce EncodingType=\""
              + WSSE
              + "soap-message-security-1.0#Base64Binary\">{}</wsse:Nonce>"
              + "<wsu:Created>{}</wsu:Created></wsse:UsernameToken></wsse:Security>");
  private static final XmlTemplate ADDRESSING =
      XmlTemplate.of(
          "<wsa:MessageID>{}</wsa:MessageID><wsa:To>{}</wsa:To><wsa:Action>{}</wsa:Action>");

  private SoapEnvelope() {}

  /**
   * @param to where it goes
   * @param messageId names an addressed request
   * @param token to log in with, or null
   */
  static String write(
      SoapRequest request, URI to, String messageId, @Nullable UsernameToken token) {
    OnvifService service = request.service();
    StringBuilder out = new StringBuilder(OPEN);
    out.append(" xmlns:")
        .append(service.prefix())
        .append("=\"")
        .append(service.namespace())
        .append('"');
    if (request.addressed() || service == OnvifService.EVENTS) {
      out.append(NOTIFICATION);
    }
    out.append("><s:Header>");
    if (request.addressed()) {
      out.append(ADDRESSING.fill(messageId, to, request.action()).xml());
      out.append(XmlFragment.join(request.referenceParameters()).xml());
    }
    if (token != null) {
      out.append(SECURITY.fill(token.user(), token.digest(), token.nonce(), token.created()).xml());
    }
    return out.append("</s:Header><s:Body>")
        .append(request.body().xml())
        .append("</s:Body></s:Envelope>")
        .toString();
  }

  /** Value of the Content-Type field (RFC 3902). */
  static String contentType(SoapRequest request) {
    return "application/soap+xml; charset=utf-8; action=\"" + request.action() + "\"";
  }
}
