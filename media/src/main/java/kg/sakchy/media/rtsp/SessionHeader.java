package kg.sakchy.media.rtsp;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A Session field (RFC 2326 §12.37).
 *
 * @param id opaque; compared as it is
 * @param timeout after which a silent session ends; 60 s if the server names none
 */
public record SessionHeader(String id, Duration timeout) {
  /** What counts when the server names none. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  /** Reads {@code 12345678;timeout=60}; empty if there is no id. A malformed timeout is none. */
  public static Optional<SessionHeader> parse(String value) {
    String[] parts = value.split(";", -1);
    String id = parts[0].strip();
    Duration timeout = DEFAULT_TIMEOUT;
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip().toLowerCase(Locale.ROOT).replace(" ", "");
      if (part.matches("timeout=\\d{1,6}")) {
        int seconds = Integer.parseInt(part.substring("timeout=".length()));
        timeout = seconds == 0 ? DEFAULT_TIMEOUT : Duration.ofSeconds(seconds);
      }
    }
    return id.isEmpty() ? Optional.empty() : Optional.of(new SessionHeader(id, timeout));
  }

  /** The field's value as a server writes it. */
  public String format() {
    return id + ";timeout=" + timeout.toSeconds();
  }
}
