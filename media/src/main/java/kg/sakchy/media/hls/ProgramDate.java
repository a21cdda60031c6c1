package kg.sakchy.media.hls;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as {@code EXT-X-PROGRAM-DATE-TIME} has them (§4.4.4.6): UTC with milliseconds. */
final class ProgramDate {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ProgramDate() {}

  /** Writes microseconds since 1970, rounded to milliseconds. */
  static void append(AsciiText out, long micros) {
    out.append(FORM.format(Instant.ofEpochMilli(Math.floorDiv(micros + 500, 1_000))));
  }
}
