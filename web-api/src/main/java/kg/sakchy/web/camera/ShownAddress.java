package kg.sakchy.web.camera;

import java.net.URI;
import java.util.regex.Pattern;
import kg.sakchy.core.camera.StreamSource;

/**
 * A stream address as it may be shown. User and password are no part of {@link StreamSource#uri()};
 * some cameras want them in path or query too ({@code /user=admin&password=secret&channel=1}), and
 * there the secret becomes {@code ***}.
 */
final class ShownAddress {
  private static final String HIDDEN = "***";
  private static final Pattern SECRET =
      Pattern.compile("(?i)(pass(?:word|wd)?|pwd|pw|secret|token|auth|key)([=_])[^&/?#;,]*");

  private ShownAddress() {}

  static String of(StreamSource source) {
    return of(source.uri());
  }

  static String of(URI uri) {
    return SECRET.matcher(uri.toString()).replaceAll("$1$2***");
  }

  /** Whether an address is one that was shown, with its secret hidden. */
  static boolean isHidden(URI uri) {
    return uri.toString().contains(HIDDEN) && of(uri).equals(uri.toString());
  }
}
