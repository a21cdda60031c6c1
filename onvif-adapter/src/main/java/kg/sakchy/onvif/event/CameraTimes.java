package kg.sakchy.onvif.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.EventKind;
import org.jspecify.annotations.Nullable;

/** Makes events whose time can be trusted. */
final class CameraTimes {
  /**
   * Farther from the arrival, a corrected camera time is a broken one. Cameras buffer events while
   * we are away, but not for days.
   */
  static final Duration PLAUSIBLE = Duration.ofHours(24);

  private CameraTimes() {}

  /**
   * An event at the camera's time corrected by its clock, or at its arrival where the camera tells
   * no time that could be.
   */
  static CameraEvent event(
      CameraId camera,
      EventKind kind,
      CameraEvent.State state,
      @Nullable Instant cameraTime,
      Instant arrivedAt,
      Duration clockOffset,
      String topic,
      Map<String, String> source,
      Map<String, String> data) {
    Instant at = cameraTime == null ? arrivedAt : cameraTime.minus(clockOffset);
    boolean plausible = Duration.between(at, arrivedAt).abs().compareTo(PLAUSIBLE) <= 0;
    return new CameraEvent(
        camera,
        kind,
        state,
        plausible ? at : arrivedAt,
        cameraTime,
        arrivedAt,
        topic,
        source,
        data);
  }
}
