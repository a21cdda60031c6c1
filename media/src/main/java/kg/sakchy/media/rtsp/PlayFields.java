package kg.sakchy.media.rtsp;

import java.time.Duration;
import java.util.Locale;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * What a PLAY asks for (RFC 2326 §10.5, ONVIF Streaming §6.3 to §6.6). The field {@code Immediate}
 * is not among it: every PLAY breaks off what is played before.
 *
 * @param clock the Range in absolute time; null if there is none, or one in {@code npt}, which
 *     means the present
 * @param hasRange whether there is a Range at all
 * @param scale how many times faster than real, backwards if negative; 1 if not given
 * @param rateControl whether the server keeps the time; else it sends as fast as it is read
 * @param intraOnly whether only key frames are wanted
 * @param interval least distance of key frames on the recording's time
 */
public record PlayFields(
    @Nullable ClockRange clock,
    boolean hasRange,
    double scale,
    boolean rateControl,
    boolean intraOnly,
    Duration interval) {
  /** Context of the exception: which field. */
  public static final String FIELD = "field";

  private static final double MAX_SCALE = 256;
  private static final double MIN_SCALE = 1.0 / 64;

  /**
   * Reads the fields of a PLAY; those that are missing have the standard's defaults.
   *
   * @throws VmsException INVALID_ARGUMENT if one cannot be understood or is out of bounds
   */
  public static PlayFields of(RtspHeaders headers) {
    String range = headers.get("Range");
    String frames = value(headers, "Frames", "all");
    int slash = frames.indexOf('/');
    if (!frames.matches("all|predicted|intra(/\\d{1,8})?")) {
      throw invalid("Frames");
    }
    return new PlayFields(
        range == null ? null : clock(range),
        range != null,
        scale(value(headers, "Scale", "1")),
        flag(headers, "Rate-Control", "yes"),
        frames.startsWith("intra"),
        slash < 0 ? Duration.ZERO : Duration.ofMillis(Long.parseLong(frames.substring(slash + 1))));
  }

  private static @Nullable ClockRange clock(String range) {
    // A time at which to begin (";time=") has never been seen in use.
    String text = range.split(";", 2)[0].strip();
    if (text.toLowerCase(Locale.ROOT).matches("npt\\s*=[0-9a-z.:\\s-]{0,64}")) {
      return null;
    }
    return ClockRange.parse(text).orElseThrow(() -> invalid("Range"));
  }

  private static double scale(String text) {
    if (!text.matches("-?\\d{1,4}(\\.\\d{0,6})?")) {
      throw invalid("Scale");
    }
    double scale = Double.parseDouble(text);
    if (Math.abs(scale) < MIN_SCALE || Math.abs(scale) > MAX_SCALE) {
      throw invalid("Scale");
    }
    return scale;
  }

  private static boolean flag(RtspHeaders headers, String name, String otherwise) {
    return switch (value(headers, name, otherwise)) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw invalid(name);
    };
  }

  private static String value(RtspHeaders headers, String name, String otherwise) {
    String value = headers.get(name);
    return value == null ? otherwise : value.strip().toLowerCase(Locale.ROOT);
  }

  private static VmsException invalid(String field) {
    return new VmsException(ErrorKind.INVALID_ARGUMENT, "the field " + field + " is not understood")
        .with(FIELD, field);
  }
}
