package kg.sakchy.sim;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.media.rtsp.ClockRange;
import kg.sakchy.media.rtsp.RtspHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What a PLAY of a recording asks for (ONVIF Streaming §6.3).
 *
 * @param range null to go on where it was paused, or begin at the oldest
 * @param rateControl whether the server keeps real time; else it sends as fast as it is read
 * @param intraOnly whether only key frames are sent
 * @param interval least distance of key frames on the recording's time
 * @param immediate whether it breaks off what is played now
 * @param cseq of the request
 */
record ReplayRequest(
    @Nullable ClockRange range,
    boolean rateControl,
    boolean intraOnly,
    Duration interval,
    boolean immediate,
    int cseq) {
  /** Null if a field cannot be understood. */
  static @Nullable ReplayRequest of(RtspHeaders headers) {
    String rangeText = headers.get("Range");
    ClockRange range = rangeText == null ? null : forward(rangeText);
    String frames = orElse(headers.get("Frames"), "all");
    String rate = orElse(headers.get("Rate-Control"), "yes");
    boolean known = frames.matches("all|predicted|intra(/\\d{1,8})?") && rate.matches("yes|no");
    if ((rangeText != null && range == null) || !known) {
      return null;
    }
    int slash = frames.indexOf('/');
    return new ReplayRequest(
        range,
        rate.equals("yes"),
        frames.startsWith("intra"),
        slash < 0 ? Duration.ZERO : Duration.ofMillis(Long.parseLong(frames.substring(slash + 1))),
        orElse(headers.get("Immediate"), "no").equals("yes"),
        headers.cseq());
  }

  /** Null for anything but a stretch played forward; backwards is not simulated. */
  private static @Nullable ClockRange forward(String text) {
    return ClockRange.parse(text)
        .filter(range -> range.end() == null || range.end().isAfter(range.start()))
        .orElse(null);
  }

  private static String orElse(@Nullable String text, String other) {
    return text == null ? other : text.strip();
  }

  @Nullable Instant end() {
    return range == null ? null : range.end();
  }
}
