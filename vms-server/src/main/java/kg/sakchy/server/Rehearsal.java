package kg.sakchy.server;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the beginning of the last hour of a few cameras, as for a viewer, so that the first viewer
 * after a start does not wait for classes to be loaded and connections to be made. It goes by the
 * archive and not by the web: nobody views anything, and the audit says so.
 *
 * <p>Threads: runs on a virtual thread of its own. What fails is left to the first viewer.
 */
final class Rehearsal {
  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
  private static final Duration LENGTH = Duration.ofHours(1);
  private static final int CAMERAS = 3;
  private static final int BYTES = 64 * 1024;

  private final Archive archive;
  private final CameraDirectory cameras;
  private final VmsClock clock;

  Rehearsal(Archive archive, CameraDirectory cameras, VmsClock clock) {
    this.archive = archive;
    this.cameras = cameras;
    this.clock = clock;
  }

  void start() {
    Thread.ofVirtual().name("rehearsal").start(this::run);
  }

  private void run() {
    try {
      for (Camera camera : cameras.list(null, CAMERAS)) {
        read(StreamId.main(camera.id()));
      }
    } catch (VmsException | IOException e) {
      LOG.debug("nothing to rehearse with", e);
    }
  }

  private void read(StreamId stream) throws IOException {
    Instant now = clock.now();
    TimeRange range = new TimeRange(now.minus(LENGTH), now);
    archive.timeline(stream, range);
    for (Segment segment : archive.segments(stream, range, 1)) {
      try (InputStream media = archive.open(segment, 0, Math.min(BYTES, segment.sizeBytes()))) {
        media.readAllBytes();
      }
    }
  }
}
