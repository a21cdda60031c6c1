package kg.sakchy.media.sdp;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Resolves {@code a=control} values; the rules stand at {@link SessionDescription#controlUri}. */
final class ControlUris {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private ControlUris() {}

  static URI resolve(URI base, @Nullable String control) {
    if (control == null || control.isBlank() || control.strip().equals("*")) {
      return base;
    }
    String reference = escape(control.strip());
    String lower = reference.toLowerCase(Locale.ROOT);
    if (lower.startsWith("rtsp://") || lower.startsWith("rtsps://")) {
      return URI.create(authority(base) + reference.substring(endOfAuthority(reference)));
    }
    if (reference.startsWith("/")) {
      return URI.create(authority(base) + reference);
    }
    String start = base.toString();
    boolean joined = start.endsWith("/") || reference.startsWith("?");
    return URI.create(start + (joined ? "" : "/") + reference);
  }

  private static String authority(URI base) {
    return base.getScheme() + "://" + base.getRawAuthority();
  }

  private static int endOfAuthority(String uri) {
    int i = uri.indexOf("://") + 3;
    while (i < uri.length() && uri.charAt(i) != '/' && uri.charAt(i) != '?') {
      i++;
    }
    return i;
  }

  /** Escapes what {@link URI} refuses: cameras write spaces, braces and letters of any script. */
  private static String escape(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder out = new StringBuilder(bytes.length + 16);
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xff);
      if (isUriCharacter(c) || (c == '%' && isEscape(bytes, i))) {
        out.append(c);
      } else {
        out.append('%').append(HEX.toHexDigits(bytes[i]));
      }
    }
    return out.toString();
  }

  private static boolean isEscape(byte[] bytes, int percent) {
    return percent + 2 < bytes.length
        && HexFormat.isHexDigit(bytes[percent + 1])
        && HexFormat.isHexDigit(bytes[percent + 2]);
  }

  private static boolean isUriCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~:/?@!$&'()*+,;=".indexOf(c) >= 0;
  }
}
