package kg.sakchy.server;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.media.mp4.RangePlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays the last hour of one camera to nobody, so that the first viewer after a start does not wait
 * for classes to be loaded and connections to be made.
 *
 * <p>Threads: runs on a virtual thread of its own. What fails is left to the first viewer.
 */
final class Rehearsal {
  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
  private static final Duration LENGTH = Duration.ofHours(1);
  private static final int CAMERAS = 3;
  private static final int SEGMENTS = 1_000;
  private static final int BEGINNING = 64 * 1024;

  private final CameraDirectory cameras;
  private final Archive archive;
  private final VmsClock clock;

  Rehearsal(CameraDirectory cameras, Archive archive, VmsClock clock) {
    this.cameras = cameras;
    this.archive = archive;
    this.clock = clock;
  }

  void start() {
    Thread.ofVirtual().name("rehearsal").start(this::run);
  }

  private void run() {
    try {
      for (Camera camera : cameras.list(null, CAMERAS)) {
        play(StreamId.main(camera.id()));
      }
    } catch (VmsException | IOException e) {
      LOG.debug("nothing to rehearse with", e);
    }
  }

  private void play(StreamId stream) throws IOException {
    TimeRange lately = new TimeRange(clock.now().minus(LENGTH), clock.now());
    List<Segment> segments = archive.segments(stream, lately, SEGMENTS);
    if (!segments.isEmpty()) {
      RangePlan plan = RangePlan.of(segments, lately, RangePlan.Gaps.REAL_TIME);
      try (InputStream video = plan.open(archive)) {
        video.readNBytes(BEGINNING);
      }
    }
  }
}
