package kg.sakchy.gateway.server.playback;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;

/**
 * What a stream looked like when it was recorded. Threads: safe for use by many threads; blocks.
 */
public final class RecordedFormats {
  private final Archive archive;
  private final VmsClock clock;

  public RecordedFormats(Archive archive, VmsClock clock) {
    this.archive = archive;
    this.clock = clock;
  }

  /** The formats of what is recorded at a moment or next after it. */
  public Optional<List<TrackFormat>> at(StreamId stream, Instant moment) {
    ArchiveWalk walk =
        new ArchiveWalk(archive, stream, clock, new TimeRange(moment, Instant.MAX), moment);
    return Optional.ofNullable(walk.next()).map(first -> UnitReader.formats(first.segment()));
  }

  /** The formats of what was recorded last. */
  public Optional<List<TrackFormat>> last(StreamId stream) {
    Instant now = clock.now();
    ArchiveWalk walk =
        new ArchiveWalk(archive, stream, clock, new TimeRange(Instant.EPOCH, now), now);
    return Optional.ofNullable(walk.previous()).map(last -> UnitReader.formats(last.segment()));
  }
}
