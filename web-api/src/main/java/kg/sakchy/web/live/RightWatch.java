package kg.sakchy.web.live;

import java.time.Duration;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.access.MediaRight;
import kg.sakchy.web.http.SocketOperation;
import org.jspecify.annotations.Nullable;

/**
 * Sends a client away when it may see less than it might when it came: the present, or the archive,
 * no more. It may come back for what is left.
 *
 * <p>Threads: on the event loop of the socket.
 */
final class RightWatch implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int POLICY_VIOLATION = 1008;

  private final SocketOperation.Peer peer;
  private SocketOperation.@Nullable Timer timer;
  private boolean closed;

  RightWatch(SocketOperation.Peer peer) {
    this.peer = peer;
  }

  /** Begins to watch over a right. */
  void over(MediaRight right) {
    look(right, right.now());
  }

  private void look(MediaRight right, MediaGrant first) {
    if (!closed) {
      timer = peer.after(LOOK, () -> compare(right, first));
    }
  }

  private void compare(MediaRight right, MediaGrant first) {
    MediaGrant now = right.now();
    boolean less =
        (first.live() && !now.live()) || (first.archive() != null && now.archive() == null);
    if (less) {
      peer.close(POLICY_VIOLATION, "the right to see this has ended");
    } else {
      look(right, first);
    }
  }

  @Override
  public void close() {
    closed = true;
    if (timer != null) {
      timer.close();
    }
  }
}
