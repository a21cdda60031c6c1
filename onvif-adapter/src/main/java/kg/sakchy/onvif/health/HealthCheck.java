package kg.sakchy.onvif.health;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.device.DeviceHealth;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.camera.RegisteredCamera;
import kg.sakchy.onvif.device.DeviceInformation;
import kg.sakchy.onvif.device.DeviceService;
import kg.sakchy.onvif.soap.DeviceSession;
import kg.sakchy.onvif.soap.SystemDateAndTime;
import org.jspecify.annotations.Nullable;

/**
 * Asks one camera how it is, by two small requests. A login that was refused is not tried again
 * here: the session counts, because cameras lock accounts.
 *
 * <p>Threads: stateless; calls block.
 *
 * @param streaming whether a camera's recorded stream delivers pictures; empty if it need not
 * @param storageProblem what was heard of a camera's own storage
 */
record HealthCheck(
    VmsClock clock,
    Function<CameraId, Optional<Boolean>> streaming,
    Function<CameraId, Optional<String>> storageProblem) {
  /** Wrong by more, times of events and of recordings mislead. */
  static final Duration TOLERANCE = Duration.ofSeconds(5);

  DeviceHealth look(RegisteredCamera camera, Optional<DeviceHealth> before) {
    DeviceSession session = camera.session();
    CameraId id = camera.device().camera();
    SystemDateAndTime time = null;
    DeviceInformation information = null;
    VmsException failure = null;
    try {
      time = session.measureClock();
      information = new DeviceService(session).information();
    } catch (VmsException e) {
      if (e.kind() == ErrorKind.CANCELLED) {
        throw e;
      }
      failure = e;
    }
    boolean reachable =
        failure == null
            || (failure.kind() != ErrorKind.UNAVAILABLE && failure.kind() != ErrorKind.TIMEOUT);
    Duration offset = session.cameraClock().offset().orElse(null);
    String storage = storageProblem.apply(id).orElse(null);
    return new DeviceHealth(
        id,
        clock.now(),
        reachable,
        authenticated(information, failure),
        reachable ? offset : null,
        time == null ? null : time.byNtp(),
        information == null
            ? before.map(DeviceHealth::firmware).orElse(null)
            : information.firmware(),
        storage,
        problem(id, reachable, failure, offset, storage));
  }

  private static @Nullable Boolean authenticated(
      @Nullable DeviceInformation information, @Nullable VmsException failure) {
    if (information != null) {
      return true;
    }
    boolean refused = failure != null && failure.kind() == ErrorKind.UNAUTHENTICATED;
    return refused ? Boolean.FALSE : null;
  }

  private @Nullable String problem(
      CameraId id,
      boolean reachable,
      @Nullable VmsException failure,
      @Nullable Duration offset,
      @Nullable String storage) {
    if (failure != null) {
      return failure.getMessage();
    }
    if (reachable && !streaming.apply(id).orElse(true)) {
      return "the camera answers but sends no pictures";
    }
    if (offset != null && offset.abs().compareTo(TOLERANCE) > 0) {
      return "the camera's clock is wrong by " + offset.toSeconds() + " s";
    }
    return storage;
  }
}
