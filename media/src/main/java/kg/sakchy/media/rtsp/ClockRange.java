package kg.sakchy.media.rtsp;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Range field in absolute time (RFC 2326 §3.7): {@code clock=20260301T120000.440Z-}. Its end may
 * lie before its start, for playing backwards (ONVIF Streaming §6.4).
 *
 * @param start where playing begins
 * @param end where it ends, or null for an open range
 */
public record ClockRange(Instant start, @Nullable Instant end) {
  private static final Pattern FORM =
      Pattern.compile(
          "clock\\s*=\\s*(\\d{8}T\\d{6}(?:\\.\\d{1,9})?)Z\\s*-\\s*"
              + "(?:(\\d{8}T\\d{6}(?:\\.\\d{1,9})?)Z)?");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int MAX_CHARS = 128;

  /** Reads a field's value; empty if it is no such range or names moments that do not exist. */
  public static Optional<ClockRange> parse(String text) {
    Matcher matcher = FORM.matcher(text.length() > MAX_CHARS ? "" : text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      String end = matcher.group(2);
      return Optional.of(
          new ClockRange(moment(matcher.group(1)), end == null ? null : moment(end)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant moment(String text) {
    int dot = text.indexOf('.');
    Instant seconds =
        LocalDateTime.parse(dot < 0 ? text : text.substring(0, dot), SECONDS)
            .toInstant(ZoneOffset.UTC);
    if (dot < 0) {
      return seconds;
    }
    String fraction = (text.substring(dot + 1) + "000000000").substring(0, 9);
    return seconds.plusNanos(Long.parseLong(fraction));
  }

  /** The field's value, to the millisecond. */
  public String format() {
    return "clock=" + MILLIS.format(start) + "-" + (end == null ? "" : MILLIS.format(end));
  }
}
