package kg.sakchy.core.recording;

import java.time.Instant;
import java.util.Optional;
import kg.sakchy.core.camera.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * How the recording of a stream is doing.
 *
 * @param state what it is doing
 * @param lastPartAt when the last part reached the spool, or null before the first
 * @param segments segments sealed since the recording began
 * @param spoolBytes bytes of this stream that wait in the spool, the open segment included
 * @param problem one sentence about what is wrong now, or null
 */
public record RecordingStatus(
    State state,
    @Nullable Instant lastPartAt,
    long segments,
    long spoolBytes,
    @Nullable String problem) {
  /** What the recorder is doing with the stream. */
  public enum State {
    /** Nobody asked for a recording. */
    OFF,
    /** Should record, and no part has come lately. */
    WAITING,
    /** Parts are being written. */
    RECORDING
  }

  /** Where the status of a stream is asked for. Threads: any; does not block. */
  public interface Source {
    /** Empty when the stream is not known to the recorder. */
    Optional<RecordingStatus> status(StreamId stream);
  }
}
