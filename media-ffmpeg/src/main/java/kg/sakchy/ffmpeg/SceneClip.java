package kg.sakchy.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.MediaTime;

/** Makes clips of the test scene: plain MP4 files, {@code moov} first. */
public final class SceneClip {
  private SceneClip() {}

  /**
   * Writes a clip as fast as the machine can (several times real time). The file appears whole or
   * not at all; an older one is replaced.
   *
   * @param start UTC which the clip's clock shows in its first frame
   * @throws VmsException UNAVAILABLE when the file cannot be written
   */
  public static void write(Path file, SceneOptions options, Duration duration, Instant start) {
    Path unfinished = file.resolveSibling(file.getFileName() + ".part");
    long frames = MediaTime.ticks(duration, options.framesPerSecond());
    try {
      try (SceneEncoder encoder = new SceneEncoder(options, start);
          ClipWriter writer = new ClipWriter(unfinished, encoder.format())) {
        while (encoder.frames() < frames) {
          Duration offset = MediaTime.duration(encoder.frames(), options.framesPerSecond());
          encoder.next(
              start.plus(offset),
              offset.toNanos(),
              unit ->
                  writer.write(
                      unit,
                      unit.track() == 0
                          ? 90_000 / options.framesPerSecond()
                          : AacEncoder.FRAME_SAMPLES));
        }
        writer.finish();
      }
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "cannot write the clip " + file, e);
    } finally {
      discard(unfinished);
    }
  }

  private static void discard(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "cannot remove " + unfinished, e);
    }
  }
}
