package kg.sakchy.web.live;

import java.time.Duration;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.stream.Interruption;

/**
 * Shows a viewer the present, until it wants something else: also over a camera that cannot be
 * opened just now.
 *
 * <p>Threads: the viewer's.
 */
final class LivePlayback {
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final ViewerPorts ports;
  private final StreamId stream;
  private final Wish wish;
  private final Wishes wishes;
  private final Presentation presentation;

  LivePlayback(
      ViewerPorts ports, StreamId stream, Wish wish, Wishes wishes, Presentation presentation) {
    this.ports = ports;
    this.stream = stream;
    this.wish = wish;
    this.wishes = wishes;
    this.presentation = presentation;
  }

  /**
   * Shows the present; returns when something else is wanted.
   *
   * @throws VmsException with the reason why it cannot be shown at all
   */
  void run() {
    boolean withSound = true;
    while (!wishes.areOthers()) {
      try (LiveViews.LiveView view = ports.views().open(stream, wish.playable());
          LiveShow show = new LiveShow(ports, wish, wishes, presentation, view, withSound)) {
        show.run();
        withSound &= show.hasSound();
      } catch (VmsException e) {
        if (e.kind() != ErrorKind.UNAVAILABLE && e.kind() != ErrorKind.TIMEOUT) {
          throw e;
        }
        presentation.away(
            new Interruption(
                GapCause.UNKNOWN, e.kind(), String.valueOf(e.getMessage()), ports.clock().now()));
        wishes.await(() -> false, RETRY);
      }
    }
  }
}
