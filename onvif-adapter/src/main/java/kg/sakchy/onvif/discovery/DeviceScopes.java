package kg.sakchy.onvif.discovery;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a device says of itself in its scopes (ONVIF Core §7.3.2.2): {@code
 * onvif://www.onvif.org/name/...}.
 *
 * <p>Threads: immutable.
 *
 * @param scopes as sent, at most {@link #MAX_SCOPES}
 */
record DeviceScopes(List<String> scopes) {
  static final int MAX_SCOPES = 64;
  private static final int MAX_LENGTH = 256;
  private static final String PREFIX = "onvif://www.onvif.org/";

  DeviceScopes {
    scopes =
        scopes.stream().filter(scope -> scope.length() <= MAX_LENGTH).limit(MAX_SCOPES).toList();
  }

  /** Whether any scope is one of ONVIF's. */
  boolean isOnvif() {
    return scopes.stream().anyMatch(scope -> scope.toLowerCase(Locale.ROOT).startsWith(PREFIX));
  }

  /** The name people gave it, decoded; empty if it says none. */
  String name() {
    return first("name");
  }

  /** The model; empty if it says none. */
  String hardware() {
    return first("hardware");
  }

  /** Where it is, the parts joined by a slash; empty if it says nothing. */
  String location() {
    return String.join("/", values("location"));
  }

  /** Letters of the profiles it claims; Profile S is written {@code Streaming}. */
  Set<String> profiles() {
    Set<String> letters = new TreeSet<>();
    for (String value : values("profile")) {
      String letter = value.equalsIgnoreCase("Streaming") ? "S" : value.toUpperCase(Locale.ROOT);
      if (letter.length() == 1) {
        letters.add(letter);
      }
    }
    return letters;
  }

  private String first(String category) {
    List<String> values = values(category);
    return values.isEmpty() ? "" : values.getFirst();
  }

  private List<String> values(String category) {
    List<String> values = new ArrayList<>();
    String start = PREFIX + category + "/";
    for (String scope : scopes) {
      if (scope.toLowerCase(Locale.ROOT).startsWith(start)) {
        String value = decode(scope.substring(start.length())).strip();
        if (!value.isEmpty()) {
          values.add(value);
        }
      }
    }
    return values;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a bare percent sign in a name
    }
  }
}
