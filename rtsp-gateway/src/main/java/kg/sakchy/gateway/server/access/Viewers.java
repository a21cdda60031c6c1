package kg.sakchy.gateway.server.access;

import java.util.Optional;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;

/**
 * The people who may see pictures, as far as this server must know them.
 *
 * <p>Threads: called from any thread; may block.
 */
public interface Viewers {
  /** Nobody: only clients of this machine and holders of a media token are served. */
  Viewers NONE =
      new Viewers() {
        @Override
        public Optional<Credentials> find(String user) {
          return Optional.empty();
        }

        @Override
        public boolean maySee(String user, CameraId camera) {
          return false;
        }
      };

  /** What a user proves to know, or empty if there is no such user. */
  Optional<Credentials> find(String user);

  /** Whether a user who has proven to be one may see a camera, live and recorded. */
  boolean maySee(String user, CameraId camera);
}
