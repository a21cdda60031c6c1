package kg.sakchy.onvif.soap;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A camera's clock as GetSystemDateAndTime tells it (ONVIF Core §8.2).
 *
 * @param utc its UTC, or null if it tells none
 * @param local its local time, or null if it tells none
 * @param timeZone POSIX form, or empty
 * @param byNtp whether it says that it follows NTP
 */
public record SystemDateAndTime(
    @Nullable LocalDateTime utc, @Nullable LocalDateTime local, String timeZone, boolean byNtp) {
  private static final Pattern ZONE =
      Pattern.compile("(?:<[^>]{1,12}>|[A-Za-z]{1,12})([+-]?)(\\d{1,2})(?::(\\d{2}))?.*");
  private static final Duration MAX_ZONE = Duration.ofHours(14);

  /** The request. */
  public static SoapRequest request() {
    return SoapRequest.of(OnvifService.DEVICE, "GetSystemDateAndTime");
  }

  /** Reads GetSystemDateAndTimeResponse. */
  public static SystemDateAndTime read(XmlCursor response) {
    LocalDateTime utc = null;
    LocalDateTime local = null;
    String zone = "";
    boolean ntp = false;
    if (response.enter("SystemDateAndTime")) {
      for (XmlCursor field : response.children()) {
        switch (field.name()) {
          case "DateTimeType" -> ntp = field.text().equalsIgnoreCase("NTP");
          case "TimeZone" -> zone = field.enter("TZ") ? field.text() : "";
          case "UTCDateTime" -> utc = dateTime(field);
          case "LocalDateTime" -> local = dateTime(field);
          default -> {
            // DaylightSavings is no part of UTC; extensions are unknown
          }
        }
      }
    }
    return new SystemDateAndTime(utc, local, zone, ntp);
  }

  private static @Nullable LocalDateTime dateTime(XmlCursor field) {
    int[] values = new int[6];
    List<String> names = List.of("Year", "Month", "Day", "Hour", "Minute", "Second");
    for (XmlCursor half : field.children()) {
      for (XmlCursor part : half.children()) {
        int at = names.indexOf(part.name());
        if (at >= 0) {
          values[at] = part.integer().orElse(0);
        }
      }
    }
    return OnvifTime.local(values[0], values[1], values[2], values[3], values[4], values[5])
        .orElse(null);
  }

  /**
   * How far the camera's clock may be ahead of ours, the likeliest first. Some cameras put local
   * time into the UTC field, some tell only local time; where the words allow several readings, the
   * one nearest to our clock is the likeliest, and no offset at all is the last resort.
   *
   * @param midpoint our time in the middle between question and answer
   * @return empty if the camera tells no time
   */
  public List<Duration> offsets(Instant midpoint) {
    LocalDateTime told = utc == null ? local : utc;
    if (told == null) {
      return List.of();
    }
    Duration asTold = Duration.between(midpoint, told.toInstant(ZoneOffset.UTC));
    Set<Duration> readings = new LinkedHashSet<>();
    readings.add(asTold);
    if (utc == null || utc.equals(local)) {
      Duration zone = zone();
      readings.add(asTold.minus(zone));
      readings.add(asTold.plus(zone)); // some makers turn the sign of POSIX round
    }
    List<Duration> sorted = new ArrayList<>(readings);
    sorted.sort(Comparator.comparing(Duration::abs));
    if (sorted.getFirst().abs().compareTo(Duration.ofSeconds(5)) > 0) {
      sorted.add(1, Duration.ZERO);
    }
    return sorted;
  }

  /** What has to be added to UTC by the zone, or zero if that is not to be seen. */
  private Duration zone() {
    Matcher m = ZONE.matcher(timeZone.strip());
    if (!m.matches()) {
      return Duration.ZERO;
    }
    int minutes =
        60 * Integer.parseInt(m.group(2)) + (m.group(3) == null ? 0 : Integer.parseInt(m.group(3)));
    Duration west = Duration.ofMinutes(m.group(1).equals("-") ? -minutes : minutes);
    return west.abs().compareTo(MAX_ZONE) > 0 ? Duration.ZERO : west.negated();
  }
}
