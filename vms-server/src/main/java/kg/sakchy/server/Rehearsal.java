package kg.sakchy.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the server for the beginning of the last hour of a few cameras, as a viewer would, so that
 * the first viewer after a start does not wait for classes to be loaded and connections to be made.
 *
 * <p>Threads: runs on a virtual thread of its own. What fails is left to the first viewer.
 */
final class Rehearsal {
  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
  private static final Duration LENGTH = Duration.ofHours(1);
  private static final int CAMERAS = 3;
  private static final int PATIENCE_MILLIS = 5_000;

  private final URI address;
  private final CameraDirectory cameras;
  private final VmsClock clock;

  /**
   * @param address of the server's web root
   */
  Rehearsal(URI address, CameraDirectory cameras, VmsClock clock) {
    this.address = address;
    this.cameras = cameras;
    this.clock = clock;
  }

  void start() {
    Thread.ofVirtual().name("rehearsal").start(this::run);
  }

  private void run() {
    try {
      for (Camera camera : cameras.list(null, CAMERAS)) {
        ask(camera.id());
      }
    } catch (VmsException | IOException e) {
      LOG.debug("nothing to rehearse with", e);
    }
  }

  private void ask(CameraId camera) throws IOException {
    Instant now = clock.now().truncatedTo(ChronoUnit.SECONDS);
    String path =
        "api/v1/cameras/%s/video.mp4?from=%s&to=%s".formatted(camera, now.minus(LENGTH), now);
    HttpURLConnection request = (HttpURLConnection) address.resolve(path).toURL().openConnection();
    request.setConnectTimeout(PATIENCE_MILLIS);
    request.setReadTimeout(PATIENCE_MILLIS);
    request.setRequestProperty("Range", "bytes=0-65535");
    try {
      if (request.getResponseCode() < HttpURLConnection.HTTP_BAD_REQUEST) {
        try (InputStream video = request.getInputStream()) {
          video.readAllBytes();
        }
      }
    } finally {
      request.disconnect();
    }
  }
}
