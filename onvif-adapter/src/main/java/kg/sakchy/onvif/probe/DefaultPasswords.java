package kg.sakchy.onvif.probe;

import java.util.Locale;
import java.util.Set;
import kg.sakchy.core.camera.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * Passwords that makers deliver. They are only compared with the one that is in use; no camera is
 * ever tried with them.
 */
final class DefaultPasswords {
  private static final Set<String> KNOWN =
      Set.of(
          "",
          "admin",
          "12345",
          "123456",
          "1234",
          "11111111",
          "888888",
          "666666",
          "4321",
          "111111",
          "password",
          "pass",
          "root",
          "meinsm",
          "camera",
          "system",
          "service",
          "tljwpbo6",
          "9999",
          "admin123",
          "admin12345",
          "123456789",
          "12345678",
          "fliradmin",
          "ikwd",
          "jvc",
          "user",
          "operator",
          "guest",
          "default",
          "supervisor",
          "ubnt",
          "wbox123",
          "hikvision",
          "dahua");

  private DefaultPasswords() {}

  static boolean contains(@Nullable Credentials credentials) {
    return credentials != null
        && (KNOWN.contains(credentials.password().toLowerCase(Locale.ROOT))
            || credentials.password().equalsIgnoreCase(credentials.user()));
  }
}
