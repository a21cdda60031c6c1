package kg.sakchy.web.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * Moments as clients write them (RFC 3339 §5.6): a date, a time and an offset, nothing less.
 *
 * <p>Takes up to 9 digits of a second. A leap second {@code :60} counts as the second after it.
 * Written moments are UTC with milliseconds, microseconds or nanoseconds as needed.
 */
public final class Rfc3339 {
  private static final int MAX_LENGTH = 40;
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})[Tt"
              + " ](\\d{2}:\\d{2}):(\\d{2})(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");
  private static final DateTimeFormatter FILE_NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Rfc3339() {}

  /**
   * Reads a moment.
   *
   * @throws VmsException INVALID_ARGUMENT with an example
   */
  public static Instant parse(String text) {
    Matcher parts = text.length() > MAX_LENGTH ? null : FORM.matcher(text);
    if (parts == null || !parts.matches()) {
      throw malformed();
    }
    boolean leap = parts.group(3).equals("60");
    String fraction = parts.group(4) == null ? "" : parts.group(4);
    String strict =
        parts.group(1)
            + "T"
            + parts.group(2)
            + ":"
            + (leap ? "59" : parts.group(3))
            + fraction
            + parts.group(5).toUpperCase(Locale.ROOT);
    try {
      Instant moment = OffsetDateTime.parse(strict).toInstant();
      return leap ? moment.plusSeconds(1) : moment;
    } catch (DateTimeException e) {
      throw malformed();
    }
  }

  private static VmsException malformed() {
    return new VmsException(
        ErrorKind.INVALID_ARGUMENT,
        "not a moment of RFC 3339 with an offset, like 2026-11-22T13:00:00+06:00");
  }

  /** UTC, for answers. */
  public static String format(Instant moment) {
    return moment.toString();
  }

  /** UTC to the second without separators, for file names. */
  public static String compact(Instant moment) {
    return FILE_NAME.format(moment);
  }
}
