package kg.sakchy.sim.onvif.soap;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The namespaces of ONVIF and of what it is built on, with the prefix that answers use. */
public enum Ns {
  /** SOAP 1.2 envelope. */
  ENVELOPE("s", "http://www.w3.org/2003/05/soap-envelope"),
  /** WS-Addressing 1.0. */
  ADDRESSING("wsa", "http://www.w3.org/2005/08/addressing"),
  /** WS-BaseNotification. */
  NOTIFICATION("wsnt", "http://docs.oasis-open.org/wsn/b-2"),
  /** Topic sets. */
  TOPICS("wstop", "http://docs.oasis-open.org/wsn/t-1"),
  /** ONVIF's own topics. */
  ONVIF_TOPICS("tns1", "http://www.onvif.org/ver10/topics"),
  /** ONVIF's fault codes. */
  ERROR("ter", "http://www.onvif.org/ver10/error"),
  /** The types all services share. */
  SCHEMA("tt", "http://www.onvif.org/ver10/schema"),
  DEVICE("tds", "http://www.onvif.org/ver10/device/wsdl"),
  MEDIA("trt", "http://www.onvif.org/ver10/media/wsdl"),
  MEDIA2("tr2", "http://www.onvif.org/ver20/media/wsdl"),
  PTZ("tptz", "http://www.onvif.org/ver20/ptz/wsdl"),
  IMAGING("timg", "http://www.onvif.org/ver20/imaging/wsdl"),
  EVENTS("tev", "http://www.onvif.org/ver10/events/wsdl"),
  ANALYTICS("tan", "http://www.onvif.org/ver20/analytics/wsdl"),
  DEVICE_IO("tmd", "http://www.onvif.org/ver10/deviceIO/wsdl"),
  RECORDING("trc", "http://www.onvif.org/ver10/recording/wsdl"),
  SEARCH("tse", "http://www.onvif.org/ver10/search/wsdl"),
  REPLAY("trp", "http://www.onvif.org/ver10/replay/wsdl");

  /** The 2004 addressing of WS-Discovery, never declared in answers of services. */
  public static final String OLD_ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing";

  /** WS-Discovery of April 2005. */
  public static final String DISCOVERY = "http://schemas.xmlsoap.org/ws/2005/04/discovery";

  /** ONVIF's types in discovery messages. */
  public static final String NETWORK_WSDL = "http://www.onvif.org/ver10/network/wsdl";

  /** WS-Security. */
  public static final String SECURITY =
      "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";

  /** SOAP 1.1, only good for a fault. */
  public static final String OLD_ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";

  private static final String DECLARATIONS =
      Arrays.stream(values())
          .map(ns -> " xmlns:" + ns.prefix + "=\"" + ns.uri + "\"")
          .collect(Collectors.joining());

  private final String prefix;
  private final String uri;

  Ns(String prefix, String uri) {
    this.prefix = prefix;
    this.uri = uri;
  }

  public String prefix() {
    return prefix;
  }

  public String uri() {
    return uri;
  }

  /** Declarations of all of them, each after a space. */
  static String declarations() {
    return DECLARATIONS;
  }
}
