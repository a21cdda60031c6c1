package kg.sakchy.sim.onvif.soap;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as XML Schema writes them. Threads: pure functions. */
public final class XsdTime {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Duration LONGEST = Duration.ofDays(366);

  private XsdTime() {}

  /** UTC with milliseconds. */
  public static String format(Instant instant) {
    return MILLIS.format(instant);
  }

  /** UTC without a fraction. */
  public static String formatSeconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /**
   * A moment with its zone.
   *
   * @throws SoapFault InvalidArgVal if it is none
   */
  public static Instant parse(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw SoapFault.sender("ter:InvalidArgVal", "no dateTime with a zone: " + text);
    }
  }

  /**
   * A duration of days and less, up to a year.
   *
   * @throws SoapFault InvalidArgVal if it is none
   */
  public static Duration parseDuration(String text) {
    try {
      Duration duration = Duration.parse(text);
      if (text.startsWith("P") && !duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    } catch (DateTimeException e) {
      throw SoapFault.sender("ter:InvalidArgVal", "no duration: " + text);
    }
    throw SoapFault.sender("ter:InvalidArgVal", "no sensible duration: " + text);
  }

  /**
   * The end of a term: a moment, or a duration from now.
   *
   * @throws SoapFault InvalidArgVal if it is neither
   */
  public static Instant parseTerm(String text, Instant now) {
    return text.startsWith("P") ? now.plus(parseDuration(text)) : parse(text);
  }
}
