package kg.sakchy.recorder.ingest;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.recording.RecordingStatus;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/** How the recording of a stream goes. Threads: written on the lane, read from any. */
final class Progress {
  private static final long LATELY_NANOS = Duration.ofSeconds(10).toNanos();

  private volatile @Nullable Last last;
  private volatile long segments;
  private volatile @Nullable String problem;

  void part(VmsClock clock) {
    last = new Last(clock.now(), clock.nanoTime());
    problem = null;
  }

  void sealed(long count) {
    segments = count;
  }

  void problem(String words) {
    problem = words;
  }

  @Nullable String problem() {
    return problem;
  }

  RecordingStatus status(VmsClock clock, long spoolBytes) {
    Last part = last;
    boolean lately = part != null && clock.nanoTime() - part.nanos < LATELY_NANOS;
    return new RecordingStatus(
        lately ? RecordingStatus.State.RECORDING : RecordingStatus.State.WAITING,
        part == null ? null : part.at,
        segments,
        spoolBytes,
        problem);
  }

  private record Last(Instant at, long nanos) {}
}
