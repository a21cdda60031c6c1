package kg.sakchy.onvif.soap;

import java.time.Duration;
import java.util.List;

/**
 * One request, before it is known where it goes and how it is authenticated.
 *
 * @param service whose prefix the body may use besides {@code tt}, and with EVENTS {@code wsnt}
 * @param operation local name of the body's element; the answer's is this and {@code Response}
 * @param action SOAP action (the {@code action} parameter of the Content-Type, {@code wsa:Action})
 * @param body the whole content of {@code s:Body}
 * @param hold how long the camera may hold the answer back on purpose (PullMessages); such a
 *     request does not count among the few a camera is asked at a time
 * @param repeatable whether it may be sent again when a kept connection turns out to be dead
 * @param addressed whether WS-Addressing headers are sent (subscription managers need them)
 * @param referenceParameters sent back verbatim as headers (WS-Addressing SOAP binding §2.1)
 */
public record SoapRequest(
    OnvifService service,
    String operation,
    String action,
    XmlFragment body,
    Duration hold,
    boolean repeatable,
    boolean addressed,
    List<XmlFragment> referenceParameters) {
  public SoapRequest {
    referenceParameters = List.copyOf(referenceParameters);
  }

  /** A request without parameters. */
  public static SoapRequest of(OnvifService service, String operation) {
    return of(service, operation, XmlFragment.EMPTY);
  }

  /**
   * A request of an ONVIF service.
   *
   * @param parameters the content of the operation's element
   */
  public static SoapRequest of(OnvifService service, String operation, XmlFragment parameters) {
    String tag = service.prefix() + ":" + operation;
    return withAction(
        service,
        operation,
        service.namespace() + "/" + operation,
        new XmlFragment("<" + tag + ">" + parameters.xml() + "</" + tag + ">"));
  }

  /**
   * A request whose action or element follows another rule, as those of WS-BaseNotification.
   *
   * @param body the operation's element
   */
  public static SoapRequest withAction(
      OnvifService service, String operation, String action, XmlFragment body) {
    return new SoapRequest(
        service,
        operation,
        action,
        body,
        Duration.ZERO,
        operation.startsWith("Get"),
        false,
        List.of());
  }

  /** The same, and the camera may hold the answer back that long. */
  public SoapRequest waiting(Duration longest) {
    return new SoapRequest(
        service, operation, action, body, longest, repeatable, addressed, referenceParameters);
  }

  /** The same, and sending it twice does no harm; requests that begin with Get are so already. */
  public SoapRequest repeating() {
    return new SoapRequest(
        service, operation, action, body, hold, true, addressed, referenceParameters);
  }

  /** The same with WS-Addressing headers, these among them. */
  public SoapRequest addressed(List<XmlFragment> parameters) {
    return new SoapRequest(service, operation, action, body, hold, repeatable, true, parameters);
  }
}
