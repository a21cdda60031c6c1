package kg.sakchy.onvif.soap;

import io.netty.util.NetUtil;
import java.net.URI;
import java.util.Locale;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * Where connections go. Prints as {@code host:port}.
 *
 * @param secure whether TLS is spoken
 * @param host name or address, IPv6 without brackets
 * @param port 1 to 65535
 */
record Endpoint(boolean secure, String host, int port) {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /** The endpoint of an {@code http} or {@code https} address. */
  static Endpoint of(URI address) {
    String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
    String host = address.getHost();
    if (host == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "a service address is http://host… or https://host…");
    }
    boolean secure = scheme.equals("https");
    int port = address.getPort() > 0 ? address.getPort() : secure ? HTTPS_PORT : HTTP_PORT;
    if (port > 65_535) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "a port is 1 to 65535");
    }
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new Endpoint(secure, bare, port);
  }

  /** Value of the Host field. */
  String hostField() {
    String name = NetUtil.isValidIpV6Address(host) ? "[" + host + "]" : host;
    return port == (secure ? HTTPS_PORT : HTTP_PORT) ? name : name + ":" + port;
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
