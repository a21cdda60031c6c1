package kg.sakchy.server.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.ffmpeg.SceneClip;
import kg.sakchy.ffmpeg.SceneOptions;

/**
 * Clips of our own scene, for cameras that repeat. Made once and kept in the directory for
 * temporary files.
 */
public final class DemoClips {
  private static final Duration LENGTH = Duration.ofSeconds(20);

  private DemoClips() {}

  /**
   * 1280x720, 25 frames a second, H.264 at 2 Mbit/s with a key frame every 2 s, and sound: what a
   * load test plays.
   */
  public static Path load() {
    Path file = temporary("sakchy-load-720p25.mp4");
    if (!Files.exists(file)) {
      SceneClip.write(file, SceneOptions.camera("load"), LENGTH, Instant.now());
    }
    return file;
  }

  /**
   * 640x360 in H.265; comes with the program, because the product's FFmpeg has no encoder for it.
   */
  public static Path h265() {
    Path file = temporary("sakchy-demo-h265.mp4");
    try (InputStream in =
        Objects.requireNonNull(DemoClips.class.getResourceAsStream("scene-h265.mp4"))) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "cannot write the demo's clip " + file, e);
    }
  }

  private static Path temporary(String name) {
    return Path.of(System.getProperty("java.io.tmpdir"), name);
  }
}
