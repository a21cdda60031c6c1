package kg.sakchy.core.stream;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a stream is doing, for the API and for people.
 *
 * @param state what it is doing now
 * @param since when that state began
 * @param lastFrameAt arrival of the last video unit, or null before the first
 * @param bitsPerSecond media received over the last few seconds
 * @param framesPerSecond video units over the last few seconds
 * @param packetsReceived RTP packets since the pull began
 * @param packetsLost RTP packets lost since the pull began
 * @param reconnects how often the connection was made anew
 * @param lastError the last interruption, kept while the stream is fine again, or null
 * @param format of the current run, or null
 */
public record StreamStatus(
    State state,
    Instant since,
    @Nullable Instant lastFrameAt,
    long bitsPerSecond,
    double framesPerSecond,
    long packetsReceived,
    long packetsLost,
    long reconnects,
    @Nullable Interruption lastError,
    @Nullable StreamFormat format) {
  /** What a stream is doing. */
  public enum State {
    /** Dialling, or in the RTSP dialogue. */
    CONNECTING,
    /** Connected; no frame yet. */
    WAITING_FOR_KEY_FRAME,
    /** Frames arrive. */
    STREAMING,
    /** Failed; waiting before the next attempt. */
    BACKING_OFF,
    /** Closed. */
    CLOSED
  }
}
