package kg.sakchy.core.ptz;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kg.sakchy.core.camera.CameraId;
import org.jspecify.annotations.Nullable;

/**
 * Steers cameras: one queue for each, where the latest velocity wins and a stop is never lost.
 *
 * <p>Threads: safe for use by many threads. {@link #send} and {@link #watch} never block; the other
 * calls block (network).
 */
public interface PtzControl {
  /** A dome whose operator is silent for longer while it moves is stopped. */
  Duration DEAD_MAN = Duration.ofMillis(700);

  /**
   * Takes a command.
   *
   * @param operator who steers, for the log and for whom the picture shows
   * @return completes when the camera has taken the command, or a later velocity has replaced it;
   *     fails with a {@link kg.sakchy.core.error.VmsException} (UNSUPPORTED, UNAVAILABLE, ...) in
   *     words, NOT_FOUND for a camera that cannot be steered
   */
  CompletableFuture<Void> send(CameraId camera, String operator, PtzCommand command);

  /** What the dome can do. NOT_FOUND for a camera that cannot be steered. */
  PtzAbilities abilities(CameraId camera);

  List<PtzNamed> presets(CameraId camera);

  List<PtzNamed> tours(CameraId camera);

  /** Reads the position now. */
  PtzPosition position(CameraId camera);

  /**
   * Tells positions while somebody steers, and who does. Nobody steering, nothing is asked of the
   * camera.
   */
  Watch watch(CameraId camera, Watcher watcher);

  /** Ends a watch. Idempotent. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /** Called by one thread at a time; must be quick. */
  interface Watcher {
    /** {@code operator} is null when nobody steers any more. */
    void moved(PtzPosition position, @Nullable String operator);
  }
}
