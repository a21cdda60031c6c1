package kg.sakchy.core.camera;

import java.time.Instant;
import java.util.Optional;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * A registered camera.
 *
 * @param id its name for ever
 * @param name what people call it, 1 to 200 characters
 * @param main source of the recorded stream
 * @param sub source of the small stream, or null
 * @param recording whether its main stream should be recorded now
 * @param retentionDays how long its segments are kept, or null for the server's default
 * @param createdAt when it was registered
 * @param recordingSince since when it should be recorded without a pause, or null while {@code
 *     recording} is false; before it nothing was promised, so nothing is a gap
 * @param version counts changes from 1; a change names the version it is based on
 */
public record Camera(
    CameraId id,
    String name,
    StreamSource main,
    @Nullable StreamSource sub,
    boolean recording,
    @Nullable Integer retentionDays,
    Instant createdAt,
    @Nullable Instant recordingSince,
    long version) {
  public Camera {
    if (name.isBlank() || name.length() > 200) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "a camera's name has 1 to 200 characters");
    }
    if (retentionDays != null && (retentionDays < 1 || retentionDays > 36_500)) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "retention is 1 to 36500 days");
    }
    if (recording != (recordingSince != null)) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "recordingSince is set exactly while recording");
    }
  }

  /** The source of a stream, if the camera has it. */
  public Optional<StreamSource> source(StreamName stream) {
    return switch (stream) {
      case MAIN -> Optional.of(main);
      case SUB -> Optional.ofNullable(sub);
    };
  }
}
