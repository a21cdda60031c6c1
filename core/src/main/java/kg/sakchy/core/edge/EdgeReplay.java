package kg.sakchy.core.edge;

import java.time.Instant;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * Plays recordings of cameras (ONVIF Streaming, replay): a connection beside the live one and
 * behind it in priority.
 *
 * <p>Threads: safe for use by many threads; never blocks.
 */
public interface EdgeReplay {
  /**
   * Begins to fetch a part of a span as fast as the listener takes it, key frame first.
   *
   * @param range in the server's time, within the span
   */
  Playback start(EdgeSpan span, TimeRange range, Listener listener);

  /** A replay under way; closing ends it with TEARDOWN. Idempotent. */
  interface Playback extends AutoCloseable {
    @Override
    void close();
  }

  /** Called by one thread at a time; blocking it slows the camera down, by TCP. */
  interface Listener {
    /** Before the first frame, and again when the recording's codec or size changes. */
    void format(StreamFormat format);

    /**
     * One sample.
     *
     * @param unit its arrival is when it really arrived
     * @param at when it was taken, in the server's time: the replay header extension's time
     *     corrected by the span's offset
     * @param discontinuity whether something is missing before it
     */
    void sample(AccessUnit unit, Instant at, boolean discontinuity);

    /** The last call: {@code problem} is null when the part was played to its end. */
    void ended(@Nullable VmsException problem);
  }
}
