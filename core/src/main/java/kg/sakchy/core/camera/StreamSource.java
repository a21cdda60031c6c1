package kg.sakchy.core.camera;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream comes from.
 *
 * @param uri {@code rtsp://} or {@code rtsps://} address without user information
 * @param credentials for Basic or Digest authentication, or null
 * @param transport how RTP travels
 */
public record StreamSource(URI uri, @Nullable Credentials credentials, Transport transport) {
  public StreamSource {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("rtsp") && !scheme.equals("rtsps")) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "a stream address begins with rtsp:// or rtsps://");
    }
    if (uri.getHost() == null) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "the stream address names no host");
    }
    if (uri.getRawUserInfo() != null) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT,
          "user and password go into the credentials, not into the address");
    }
  }

  /**
   * Reads an address as people paste it: {@code rtsp://user:password@host/path}. What stands before
   * the last {@code @} of the authority becomes the credentials (percent-escapes decoded where they
   * are valid), even when the password holds {@code @:/} unescaped.
   *
   * @throws VmsException INVALID_ARGUMENT, with a message that repeats no part of the password
   */
  public static StreamSource parse(String address, Transport transport) {
    String text = address.strip();
    int scheme = text.indexOf("://");
    if (scheme < 0) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "a stream address begins with rtsp:// or rtsps://");
    }
    String rest = text.substring(scheme + 3);
    int at = rest.lastIndexOf('@', endOfAuthority(rest));
    Credentials credentials = at < 0 ? null : credentials(rest.substring(0, at));
    try {
      URI uri = new URI(text.substring(0, scheme + 3) + rest.substring(at + 1));
      return new StreamSource(uri, credentials, transport);
    } catch (URISyntaxException e) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "the stream address is malformed: " + e.getReason());
    }
  }

  /**
   * Passwords may hold a slash, so the authority ends at the first slash after the last {@code @}
   * that stands before a query.
   */
  private static int endOfAuthority(String rest) {
    int query = rest.indexOf('?');
    return query < 0 ? rest.length() : query;
  }

  private static Credentials credentials(String userInfo) {
    int colon = userInfo.indexOf(':');
    return colon < 0
        ? new Credentials(decode(userInfo), "")
        : new Credentials(
            decode(userInfo.substring(0, colon)), decode(userInfo.substring(colon + 1)));
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a bare percent sign in a password pasted as it is
    }
  }
}
