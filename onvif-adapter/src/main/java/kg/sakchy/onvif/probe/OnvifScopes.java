package kg.sakchy.onvif.probe;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which ONVIF profiles a camera claims in its scopes (ONVIF Core §7.3.3.2). */
final class OnvifScopes {
  private static final Pattern PROFILE =
      Pattern.compile("onvif://www\\.onvif\\.org/Profile/([A-Za-z]+)/?", Pattern.CASE_INSENSITIVE);

  private OnvifScopes() {}

  /** Letters; {@code Profile/Streaming} is how Profile S is written. */
  static Set<String> profiles(List<String> scopes) {
    Set<String> letters = new TreeSet<>();
    for (String scope : scopes) {
      Matcher m = PROFILE.matcher(scope.strip());
      if (m.matches()) {
        String name = m.group(1);
        if (name.length() == 1) {
          letters.add(name.toUpperCase(Locale.ROOT));
        } else if (name.equalsIgnoreCase("Streaming")) {
          letters.add("S");
        }
      }
    }
    return letters;
  }
}
