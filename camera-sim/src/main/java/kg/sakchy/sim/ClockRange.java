package kg.sakchy.sim;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Range field in absolute time (RFC 2326 §3.7): {@code clock=20260301T120000.440Z-}.
 *
 * @param end null for an open range
 */
record ClockRange(Instant start, @Nullable Instant end) {
  private static final Pattern FORM =
      Pattern.compile(
          "clock=(\\d{8}T\\d{6}(?:\\.\\d{1,9})?)Z-(?:(\\d{8}T\\d{6}(?:\\.\\d{1,9})?)Z)?");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Null if it is no such range. */
  static @Nullable ClockRange parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      return null;
    }
    try {
      String end = matcher.group(2);
      ClockRange range = new ClockRange(moment(matcher.group(1)), end == null ? null : moment(end));
      return range.end == null || range.end.isAfter(range.start) ? range : null;
    } catch (DateTimeException e) {
      return null;
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

  String format() {
    return "clock=" + MILLIS.format(start) + "-" + (end == null ? "" : MILLIS.format(end));
  }
}
