package kg.sakchy.onvif.ptz;

import java.util.Optional;
import kg.sakchy.onvif.ptz.FieldOfView.Direction;
import org.jspecify.annotations.Nullable;

/**
 * Where a dome looks, in our words; null where the camera does not tell.
 *
 * @param status the camera's numbers
 * @param panDegrees direction, -180 to under 180
 * @param tiltDegrees above the horizon
 * @param zoomFactor 1 at the widest; always 1 for a camera without zoom
 */
record DomePosition(
    PtzStatus status,
    @Nullable Double panDegrees,
    @Nullable Double tiltDegrees,
    @Nullable Double zoomFactor) {

  /** Reads a status in whichever space it is told. */
  static DomePosition of(PtzStatus status, DomeDescription dome) {
    Optional<PanTiltSpace> space = dome.statusSpace(status.panTiltSpace());
    Optional<ZoomSpace> zoomSpace = dome.statusZoomSpace(status.zoomSpace());
    Double pan = status.pan();
    Double tilt = status.tilt();
    Double zoom = status.zoom();
    return new DomePosition(
        status,
        pan == null || space.isEmpty() ? null : dome.pan(space.get()).toDirection(pan),
        tilt == null || space.isEmpty() ? null : dome.tilt(space.get()).toAngle(tilt),
        zoomFactor(zoom, zoomSpace, dome));
  }

  private static @Nullable Double zoomFactor(
      @Nullable Double zoom, Optional<ZoomSpace> space, DomeDescription dome) {
    if (dome.zoomPositions().isEmpty() && dome.zoomVelocities().isEmpty()) {
      return 1.0;
    }
    return zoom == null || space.isEmpty() ? null : dome.zoom(space.get()).toFactor(zoom);
  }

  /** The line of sight, if both angles are known. */
  Optional<Direction> direction() {
    return panDegrees == null || tiltDegrees == null
        ? Optional.empty()
        : Optional.of(new Direction(panDegrees, tiltDegrees));
  }

  /** The camera's pan number if it is told in that space: domes count their turns in it. */
  double panNumber(PanTiltSpace space) {
    if (status.pan() != null && space.uri().equals(status.panTiltSpace())) {
      return status.pan();
    }
    return panDegrees == null ? 0 : panDegrees;
  }
}
