package kg.sakchy.core.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a segment knows its time, and how sure it is ({@code design/time.md}).
 *
 * @param rtpTicks RTP time of the segment's first video frame, unwrapped, 90 kHz
 * @param arrival when that frame arrived, by the server's clock; for a filled segment when it was
 *     fetched, long after it was taken
 * @param cameraTime what the camera's clock said of that frame, by its RTCP sender reports or, for
 *     a filled segment, by its replay; null when it said nothing. Reported; for a live segment not
 *     trusted
 * @param uncertainty half-width of the interval around the segment's start that holds the true
 *     moment the server first could have seen the frame
 * @param origin where the pictures come from
 */
public record TimeBasis(
    long rtpTicks,
    Instant arrival,
    @Nullable Instant cameraTime,
    Duration uncertainty,
    Origin origin) {
  /** Where pictures come from. */
  public enum Origin {
    /** From the live stream: their time is that of their arrival. */
    LIVE,
    /**
     * From the camera's own recording, to fill a gap: their time is the camera's, corrected by what
     * its clock was wrong by.
     */
    FILLED;

    /** Lower-case name, as in the API and in files. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Of a live segment. */
  public TimeBasis(
      long rtpTicks, Instant arrival, @Nullable Instant cameraTime, Duration uncertainty) {
    this(rtpTicks, arrival, cameraTime, uncertainty, Origin.LIVE);
  }

  /** The same of a filled segment. */
  public TimeBasis filled() {
    return new TimeBasis(rtpTicks, arrival, cameraTime, uncertainty, Origin.FILLED);
  }

  /** Whether the segment was fetched from the camera's own recording. */
  public boolean isFilled() {
    return origin == Origin.FILLED;
  }
}
