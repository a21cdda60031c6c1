package kg.sakchy.onvif.soap;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads times as cameras write them. Besides {@code xs:dateTime} these were seen: {@code
 * 2024-01-01T00:61:16Z} (a minute too many), {@code 2023-05-15T-07:10:32Z}, {@code
 * 2010-01-01-00:00:00}, and no zone at all, which is taken for UTC.
 *
 * <p>Threads: pure functions.
 */
public final class OnvifTime {
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "(\\d{4})-(\\d{1,2})-(\\d{1,2})[T"
              + " \\-]+(\\d{1,2}):(\\d{1,3}):(\\d{1,3})(?:[.,](\\d{1,9})\\d*)?"
              + "\\s*(?:Z|z|([+-])(\\d{1,2}):?(\\d{2})?)?");
  private static final Pattern DURATION =
      Pattern.compile(
          "(-)?P(?:(\\d{1,4})Y)?(?:(\\d{1,5})M)?(?:(\\d{1,6})D)?"
              + "(?:T(?:(\\d{1,6})H)?(?:(\\d{1,8})M)?(?:(\\d{1,10})(?:\\.(\\d{1,9})\\d*)?S)?)?");

  private OnvifTime() {}

  /** A moment, or empty if the text is none between 1970 and 2199. */
  public static Optional<Instant> parse(String text) {
    Matcher m = TIMESTAMP.matcher(text.strip());
    if (!m.matches()) {
      return Optional.empty();
    }
    String sign = m.group(8);
    long zoneSeconds =
        sign == null ? 0 : (sign.equals("-") ? -60L : 60L) * (60L * number(m, 9) + number(m, 10));
    return local(number(m, 1), number(m, 2), number(m, 3), number(m, 4), number(m, 5), number(m, 6))
        .map(time -> time.toInstant(ZoneOffset.UTC).minusSeconds(zoneSeconds))
        .map(instant -> instant.plusNanos(nanos(m.group(7))));
  }

  /** A wall-clock time out of its fields; hours, minutes and seconds may overflow. */
  static Optional<LocalDateTime> local(
      int year, int month, int day, int hour, int minute, int second) {
    if (year < 1970 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31) {
      return Optional.empty();
    }
    return Optional.of(
        LocalDateTime.of(year, month, 1, 0, 0)
            .plusDays(day - 1L)
            .plusHours(hour)
            .plusMinutes(minute)
            .plusSeconds(second));
  }

  /** An {@code xs:duration}, a month taken for 30 days; empty if the text is none. */
  public static Optional<Duration> duration(String text) {
    Matcher m = DURATION.matcher(text.strip());
    if (!m.matches() || text.strip().endsWith("P") || text.strip().endsWith("T")) {
      return Optional.empty();
    }
    Duration sum =
        Duration.ofDays(365L * number(m, 2) + 30L * number(m, 3) + number(m, 4))
            .plusHours(number(m, 5))
            .plusMinutes(number(m, 6))
            .plusSeconds(m.group(7) == null ? 0 : Long.parseLong(m.group(7)))
            .plusNanos(nanos(m.group(8)));
    return Optional.of(m.group(1) == null ? sum : sum.negated());
  }

  private static int number(Matcher m, int group) {
    return m.group(group) == null ? 0 : Integer.parseInt(m.group(group));
  }

  private static long nanos(@Nullable String fraction) {
    if (fraction == null) {
      return 0;
    }
    return Long.parseLong((fraction + "000000000").substring(0, 9));
  }
}
