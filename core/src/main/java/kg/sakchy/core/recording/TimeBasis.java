package kg.sakchy.core.recording;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a segment knows its time, and how sure it is ({@code design/time.md}).
 *
 * @param rtpTicks RTP time of the segment's first video frame, unwrapped, 90 kHz
 * @param arrival when that frame arrived, by the server's clock
 * @param cameraTime what the camera's clock said of that frame by its RTCP sender reports, or null
 *     when it sends none; reported, not trusted
 * @param uncertainty half-width of the interval around the segment's start that holds the true
 *     moment the server first could have seen the frame
 */
public record TimeBasis(
    long rtpTicks, Instant arrival, @Nullable Instant cameraTime, Duration uncertainty) {}
