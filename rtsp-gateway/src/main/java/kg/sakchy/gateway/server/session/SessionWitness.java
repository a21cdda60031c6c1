package kg.sakchy.gateway.server.session;

import java.time.Instant;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.audit.Witness;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.gateway.server.access.Access;
import org.jspecify.annotations.Nullable;

/**
 * Has it recorded what one session is shown and refused. When somebody else asks for the next
 * pictures than for those before, in the same session, that is an act of his own.
 *
 * <p>Threads: one at a time, on threads that may block; but {@link #delivered} from any.
 */
final class SessionWitness implements AutoCloseable {
  private final ServerContext server;
  private final CameraId camera;
  private volatile @Nullable Witness current;

  SessionWitness(ServerContext server, CameraId camera) {
    this.server = server;
    this.camera = camera;
  }

  /**
   * The present is shown next.
   *
   * @throws kg.sakchy.core.error.VmsException when that cannot be recorded: it must not be shown
   */
  void live(Access access) {
    of(access).live();
  }

  /**
   * The archive is shown next.
   *
   * @throws kg.sakchy.core.error.VmsException when that cannot be recorded: it must not be shown
   */
  void archive(Access access) {
    of(access).archive();
  }

  private Witness of(Access access) {
    Witness known = current;
    if (known != null && known.actor().equals(access.actor())) {
      return known;
    }
    Witness next =
        new Witness(server.acts(), server.entrance().refused(), access.actor(), camera, "rtsp");
    current = next;
    if (known != null) {
      known.close();
    }
    return next;
  }

  /** Somebody asked for what he may not see; what is shown meanwhile goes on. */
  void refused(Access access, Right lacking) {
    server.metrics().refused("access");
    server.entrance().refused().refused(access.actor(), lacking.code(), "camera " + camera);
  }

  /** Pictures of a stretch of UTC were sent. */
  void delivered(Instant from, Instant to) {
    Witness told = current;
    if (told != null) {
      told.delivered(from, to);
    }
  }

  /** Nothing is shown any more. Idempotent. */
  @Override
  public void close() {
    Witness told = current;
    if (told != null) {
      told.close();
    }
  }
}
