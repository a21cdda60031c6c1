package kg.sakchy.onvif.soap;

import java.util.Optional;

/** The services of ONVIF that this server speaks to, with their namespaces and usual prefixes. */
public enum OnvifService {
  DEVICE("http://www.onvif.org/ver10/device/wsdl", "tds"),
  MEDIA("http://www.onvif.org/ver10/media/wsdl", "trt"),
  MEDIA2("http://www.onvif.org/ver20/media/wsdl", "tr2"),
  PTZ("http://www.onvif.org/ver20/ptz/wsdl", "tptz"),
  IMAGING("http://www.onvif.org/ver20/imaging/wsdl", "timg"),
  EVENTS("http://www.onvif.org/ver10/events/wsdl", "tev"),
  RECORDING("http://www.onvif.org/ver10/recording/wsdl", "trc"),
  SEARCH("http://www.onvif.org/ver10/search/wsdl", "tse"),
  REPLAY("http://www.onvif.org/ver10/replay/wsdl", "trp"),
  DEVICE_IO("http://www.onvif.org/ver10/deviceIO/wsdl", "tmd"),
  ANALYTICS("http://www.onvif.org/ver20/analytics/wsdl", "tan");

  private final String namespace;
  private final String prefix;

  OnvifService(String namespace, String prefix) {
    this.namespace = namespace;
    this.prefix = prefix;
  }

  /** Namespace of its messages, which GetServices names it by. */
  public String namespace() {
    return namespace;
  }

  /** The prefix that request bodies use. */
  public String prefix() {
    return prefix;
  }

  /** The service of a namespace; a slash at its end does not matter. */
  public static Optional<OnvifService> ofNamespace(String namespace) {
    String wanted =
        namespace.endsWith("/") ? namespace.substring(0, namespace.length() - 1) : namespace;
    for (OnvifService service : values()) {
      if (service.namespace.equalsIgnoreCase(wanted)) {
        return Optional.of(service);
      }
    }
    return Optional.empty();
  }
}
