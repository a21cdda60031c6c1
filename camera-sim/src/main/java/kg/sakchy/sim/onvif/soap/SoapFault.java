package kg.sakchy.sim.onvif.soap;

import java.util.List;

/** A refusal that the client learns of (SOAP 1.2 part 1 §5.4, ONVIF Core §5.8.2). */
public final class SoapFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final transient List<String> subcodes;
  private final int httpStatus;
  private final String detail;

  private SoapFault(
      String code, List<String> subcodes, int httpStatus, String reason, String detail) {
    super(reason, null, false, false);
    this.code = code;
    this.subcodes = subcodes;
    this.httpStatus = httpStatus;
    this.detail = detail;
  }

  /** The request is at fault. */
  public static SoapFault sender(String subcode, String reason) {
    return new SoapFault("s:Sender", List.of(subcode), 400, reason, "");
  }

  /** The request is at fault, more closely. */
  public static SoapFault sender(String subcode, String subsubcode, String reason) {
    return new SoapFault("s:Sender", List.of(subcode, subsubcode), 400, reason, "");
  }

  /** The device is at fault, or cannot do it. */
  public static SoapFault receiver(String subcode, String subsubcode, String reason) {
    return new SoapFault("s:Receiver", List.of(subcode, subsubcode), 500, reason, "");
  }

  /** Who asks may not (Core §5.9.4). */
  public static SoapFault notAuthorized() {
    return sender("ter:NotAuthorized", "The action requested requires authorization");
  }

  /** A service or an operation that is not there. */
  public static SoapFault actionNotSupported(String operation) {
    return receiver(
        "ter:ActionNotSupported",
        "ter:NoSuchService",
        "Optional action not implemented: " + operation);
  }

  /** A header that must be understood and is not. */
  public static SoapFault mustUnderstand() {
    return new SoapFault(
        "s:MustUnderstand",
        List.of(),
        500,
        "a header that must be understood but cannot be processed",
        "");
  }

  /** The envelope of another version of SOAP. */
  public static SoapFault versionMismatch() {
    return new SoapFault("s:VersionMismatch", List.of(), 500, "SOAP 1.2 is spoken here", "");
  }

  /**
   * A fault of WS-BaseNotification or WS-Resource.
   *
   * @param element name of the detail, for example {@code wsnt:UnableToCreatePullPointFault}
   */
  public static SoapFault notification(String element, String timestamp, String reason) {
    String detail =
        new Xml()
            .begin(element, "xmlns:wsrfr", "http://docs.oasis-open.org/wsrf/r-2")
            .leaf(
                "wsrfbf:Timestamp",
                timestamp,
                "xmlns:wsrfbf",
                "http://docs.oasis-open.org/wsrf/bf-2")
            .leaf(
                "wsrfbf:Description",
                reason,
                "xmlns:wsrfbf",
                "http://docs.oasis-open.org/wsrf/bf-2")
            .end()
            .finish();
    return new SoapFault("s:Receiver", List.of(), 500, reason, detail);
  }

  public String code() {
    return code;
  }

  public List<String> subcodes() {
    return subcodes;
  }

  public int httpStatus() {
    return httpStatus;
  }

  /** XML of the detail, or empty. */
  public String detail() {
    return detail;
  }

  /** What went wrong, in words. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
