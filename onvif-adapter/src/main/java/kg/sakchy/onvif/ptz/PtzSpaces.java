package kg.sakchy.onvif.ptz;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The coordinate systems that a camera takes ({@code tt:PTZSpaces}), in its order.
 *
 * @param absolutePanTilt positions
 * @param absoluteZoom positions
 * @param relativePanTilt steps
 * @param relativeZoom steps
 * @param continuousPanTilt speeds
 * @param continuousZoom speeds
 */
record PtzSpaces(
    List<PanTiltSpace> absolutePanTilt,
    List<ZoomSpace> absoluteZoom,
    List<PanTiltSpace> relativePanTilt,
    List<ZoomSpace> relativeZoom,
    List<PanTiltSpace> continuousPanTilt,
    List<ZoomSpace> continuousZoom) {
  static final PtzSpaces NONE =
      new PtzSpaces(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  PtzSpaces {
    absolutePanTilt = List.copyOf(absolutePanTilt);
    absoluteZoom = List.copyOf(absoluteZoom);
    relativePanTilt = List.copyOf(relativePanTilt);
    relativeZoom = List.copyOf(relativeZoom);
    continuousPanTilt = List.copyOf(continuousPanTilt);
    continuousZoom = List.copyOf(continuousZoom);
  }

  /** These, and for movements they do not name the other's. */
  PtzSpaces orElse(PtzSpaces other) {
    return new PtzSpaces(
        either(other, PtzSpaces::absolutePanTilt),
        either(other, PtzSpaces::absoluteZoom),
        either(other, PtzSpaces::relativePanTilt),
        either(other, PtzSpaces::relativeZoom),
        either(other, PtzSpaces::continuousPanTilt),
        either(other, PtzSpaces::continuousZoom));
  }

  private <T> List<T> either(PtzSpaces other, Function<PtzSpaces, List<T>> part) {
    return part.apply(this).isEmpty() ? part.apply(other) : part.apply(this);
  }

  /** The first named of these spaces in which the camera can move at all. */
  static Optional<PanTiltSpace> panTilt(List<PanTiltSpace> spaces, String... names) {
    for (String name : names) {
      for (PanTiltSpace space : spaces) {
        if (space.uri().equals(name) && !(space.pan().isEmpty() && space.tilt().isEmpty())) {
          return Optional.of(space);
        }
      }
    }
    return Optional.empty();
  }

  /** The first named of these spaces in which the camera can move at all. */
  static Optional<ZoomSpace> zoom(List<ZoomSpace> spaces, String... names) {
    for (String name : names) {
      for (ZoomSpace space : spaces) {
        if (space.uri().equals(name) && !space.range().isEmpty()) {
          return Optional.of(space);
        }
      }
    }
    return Optional.empty();
  }
}
