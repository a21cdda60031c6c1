package kg.sakchy.onvif.soap;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * Turns the addresses a camera gives into addresses that can be dialled, by the camera's {@link
 * AddressRule}. Where the camera is spoken to over https, so are all its services.
 *
 * <p>Threads: pure functions of an immutable value.
 *
 * @param answered an address of the camera that has answered
 * @param rule how far the camera's words are followed
 */
record XAddrs(URI answered, AddressRule rule) {
  /**
   * The address of a service or a subscription.
   *
   * @throws VmsException DATA_LOSS if it is none
   */
  URI service(String given) {
    URI uri = parse(given);
    if (uri.getHost() == null) {
      return answered.resolve(uri.getRawPath() == null ? "/" : uri.getRawPath());
    }
    boolean foreign = rule == AddressRule.AS_ANNOUNCED && !isNowhere(uri.getHost());
    if (foreign && !uri.getHost().equalsIgnoreCase(answered.getHost())) {
      return uri;
    }
    boolean sameScheme = uri.getScheme().equalsIgnoreCase(answered.getScheme());
    boolean keepsPort = rule != AddressRule.ANSWERING_ENDPOINT && sameScheme;
    return rebuilt(
        answered.getScheme(),
        answered.getHost(),
        keepsPort ? uri.getPort() : answered.getPort(),
        uri);
  }

  /** The address of a stream or a snapshot: its own scheme and port, the host by the rule. */
  URI media(String given) {
    URI uri = parse(given);
    if (uri.getHost() == null || uri.getScheme() == null) {
      throw new VmsException(ErrorKind.DATA_LOSS, "the camera gives an address without a host");
    }
    boolean foreign = rule == AddressRule.AS_ANNOUNCED && !isNowhere(uri.getHost());
    boolean forwarded =
        rule == AddressRule.ANSWERING_ENDPOINT
            && uri.getScheme().equalsIgnoreCase(answered.getScheme());
    return rebuilt(
        uri.getScheme(),
        foreign ? uri.getHost() : answered.getHost(),
        forwarded ? answered.getPort() : uri.getPort(),
        uri);
  }

  /** The same path at the endpoint that answered. */
  URI atAnsweringEndpoint(URI address) {
    return rebuilt(answered.getScheme(), answered.getHost(), answered.getPort(), address);
  }

  /** Where a redirect leads to. */
  URI redirect(String location) {
    return answered.resolve(parse(location));
  }

  /** 0.0.0.0 and loopback, unless that is where we are; and the answering host cut short. */
  private boolean isNowhere(String host) {
    String own = answered.getHost();
    boolean unspecified = host.equals("0.0.0.0") || host.equals("[::]");
    boolean loopback =
        host.startsWith("127.") || host.equals("[::1]") || host.equalsIgnoreCase("localhost");
    boolean cut = own.length() > host.length() && own.startsWith(host);
    return unspecified || cut || (loopback && !host.equals(own));
  }

  private static URI rebuilt(String scheme, String host, int port, URI rest) {
    try {
      String path = rest.getRawPath() == null ? "" : rest.getRawPath();
      String query = rest.getRawQuery() == null ? "" : "?" + rest.getRawQuery();
      return new URI(scheme + "://" + host + (port < 0 ? "" : ":" + port) + path + query);
    } catch (URISyntaxException e) {
      throw new VmsException(ErrorKind.DATA_LOSS, "the camera gives a malformed address", e);
    }
  }

  /** Lenient where cameras are sloppy: blanks inside, user information, pipes and brackets. */
  private static URI parse(String given) {
    String text = given.strip();
    StringBuilder clean = new StringBuilder();
    for (int i = 0; i < text.length() && i < 2_048; i++) {
      char c = text.charAt(i);
      if (c > ' ' && c < 0x7F && "|\\^`{}\"<>".indexOf(c) < 0) {
        clean.append(c);
      } else {
        for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
          clean.append(String.format(Locale.ROOT, "%%%02X", b));
        }
      }
    }
    try {
      return new URI(clean.toString());
    } catch (URISyntaxException e) {
      throw new VmsException(ErrorKind.DATA_LOSS, "the camera gives a malformed address", e);
    }
  }
}
