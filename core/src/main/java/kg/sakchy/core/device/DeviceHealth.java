package kg.sakchy.core.device;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kg.sakchy.core.camera.CameraId;
import org.jspecify.annotations.Nullable;

/**
 * How a camera is, as far as its ONVIF side tells. Unknown values are null.
 *
 * @param camera whose
 * @param checkedAt when this was found out
 * @param reachable whether it answered
 * @param authenticated whether it took the login; null when it was not asked
 * @param clockOffset its clock minus ours
 * @param ntp whether it keeps its clock by NTP
 * @param firmware version
 * @param storageProblem what is wrong with its own storage, or null
 * @param problem the first thing that is wrong, in words, or null
 */
public record DeviceHealth(
    CameraId camera,
    Instant checkedAt,
    boolean reachable,
    @Nullable Boolean authenticated,
    @Nullable Duration clockOffset,
    @Nullable Boolean ntp,
    @Nullable String firmware,
    @Nullable String storageProblem,
    @Nullable String problem) {
  /**
   * Tells the last known health.
   *
   * <p>Threads: any; never blocks.
   */
  public interface Source {
    /** Empty for a camera without ONVIF side or one not looked at yet. */
    Optional<DeviceHealth> health(CameraId camera);
  }
}
