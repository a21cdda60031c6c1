package kg.sakchy.web.live;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.access.MediaRight;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.TimeRange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a client what it wants, one wish after another.
 *
 * <p>Threads: run by a virtual thread of its own, which it may block.
 */
final class Viewer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Viewer.class);

  /** Clocks of client and server differ a little. */
  private static final Duration FUTURE = Duration.ofSeconds(5);

  /** What is recorded of the present is in the archive this soon. */
  private static final Duration NOT_RECORDED_YET = Duration.ofSeconds(5);

  private final ViewerPorts ports;
  private final CameraId camera;
  private final MediaRight right;
  private final Wishes wishes;
  private final Presentation presentation;
  private final Complaints complaints;

  /** Tells the client why a wish cannot be fulfilled. */
  interface Complaints {
    void problem(long sequence, Throwable reason);
  }

  /**
   * @param right of the client to see the camera, asked for each wish
   */
  Viewer(
      ViewerPorts ports,
      CameraId camera,
      MediaRight right,
      Wishes wishes,
      Presentation presentation,
      Complaints complaints) {
    this.ports = ports;
    this.camera = camera;
    this.right = right;
    this.wishes = wishes;
    this.presentation = presentation;
    this.complaints = complaints;
  }

  @Override
  public void run() {
    @Nullable Wish wish = wishes.take();
    while (wish != null) {
      try {
        presentation.clear();
        show(wish);
      } catch (VmsException e) {
        LOG.debug("{}: {}", camera, e.toLogLine());
        if (e.kind() == ErrorKind.PERMISSION_DENIED) {
          presentation.refused(wish.at() == null ? Right.VIEW_LIVE : Right.VIEW_ARCHIVE);
        }
        complaints.problem(wish.sequence(), e);
      } catch (RuntimeException e) {
        LOG.error("a viewer of {} fails", camera, e);
        complaints.problem(wish.sequence(), e);
      }
      wish = wishes.take();
    }
    presentation.end();
  }

  private void show(Wish wish) {
    if (wish.at() == null) {
      live(wish);
    } else {
      archive(wish, wish.at());
    }
  }

  private void live(Wish wish) {
    if (!right.now().live()) {
      throw new VmsException(ErrorKind.PERMISSION_DENIED, "live pictures are not covered");
    }
    StreamId stream = new StreamId(camera, wish.stream());
    new LivePlayback(ports, stream, wish, wishes, presentation).run();
  }

  private void archive(Wish wish, Instant at) {
    Instant now = ports.clock().now();
    if (at.isAfter(now.plus(FUTURE))) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "at: the moment lies in the future");
    }
    MediaGrant grant = right.now();
    if (!grant.allows(camera, new TimeRange(at, at.plusNanos(1)))) {
      throw new VmsException(ErrorKind.PERMISSION_DENIED, "this moment is not covered");
    }
    ArchivePlayback playback = new ArchivePlayback(ports, grant, wish, wishes, presentation);
    playback.run();
    if (!wishes.areOthers()) {
      goOn(wish, playback.shownUntil());
    }
  }

  /** All of the archive was shown: the present follows, though not always at once. */
  private void goOn(Wish wish, Instant shownUntil) {
    Instant now = ports.clock().now();
    if (Duration.between(shownUntil, now).compareTo(NOT_RECORDED_YET) > 0) {
      TimeRange missing = new TimeRange(shownUntil, now);
      StreamId recorded = StreamId.main(camera);
      presentation.gap(
          missing, ports.reads().read(() -> MissingFootage.of(ports.archive(), recorded, missing)));
    }
    presentation.live();
    live(wish.inThePresent());
  }
}
