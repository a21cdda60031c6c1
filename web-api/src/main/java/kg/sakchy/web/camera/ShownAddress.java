package kg.sakchy.web.camera;

import java.net.URI;
import java.util.regex.Pattern;
import kg.sakchy.core.camera.StreamSource;

/**
 * An address of a camera as it may be shown. User and password are no part of {@link
 * StreamSource#uri()}, and are left out of addresses that a camera tells with them; some cameras
 * want them in path or query too ({@code /user=admin&password=secret&channel=1}), and there the
 * secret becomes {@code ***}.
 */
public final class ShownAddress {
  private static final String HIDDEN = "***";
  private static final Pattern SECRET =
      Pattern.compile("(?i)(pass(?:word|wd)?|pwd|pw|secret|token|auth|key)([=_])[^&/?#;,]*");

  private ShownAddress() {}

  static String of(StreamSource source) {
    return of(source.uri());
  }

  /** The address without user information, and with secrets of its path and query hidden. */
  public static String of(URI uri) {
    String user = uri.getRawUserInfo();
    String text = uri.toString();
    String open = user == null ? text : text.replace("//" + user + "@", "//");
    return SECRET.matcher(open).replaceAll("$1$2***");
  }

  /** Whether an address is one that was shown, with its secret hidden. */
  static boolean isHidden(URI uri) {
    return uri.toString().contains(HIDDEN) && of(uri).equals(uri.toString());
  }
}
