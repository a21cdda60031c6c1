package kg.sakchy.gateway.failure;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Prints addresses without secrets. User information is left out, and so are values that follow
 * words like {@code password=} in path or query, where some makers put them.
 *
 * <p>Threads: pure functions.
 */
public final class RedactedUri {
  private static final Pattern SECRET =
      Pattern.compile("(?i)(pass\\w*?|pwd|token|auth|secret|key)=[^&;/?]*");

  private RedactedUri() {}

  /** Scheme, host, port, path and query, masked. */
  public static String of(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + path(uri);
  }

  /** Path and query, masked; {@code /} if there is none. */
  public static String path(URI uri) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return SECRET.matcher(path + query).replaceAll("$1=***");
  }
}
