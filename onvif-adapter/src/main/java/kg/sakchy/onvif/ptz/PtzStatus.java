package kg.sakchy.onvif.ptz;

import org.jspecify.annotations.Nullable;

/**
 * Where a camera says it is ({@code tt:PTZStatus}); null where it says nothing.
 *
 * <p>Its MoveStatus is left out: some cameras never change it.
 *
 * @param pan x of PanTilt
 * @param tilt y of PanTilt
 * @param panTiltSpace the space of both, or null for the configuration's default
 * @param zoom x of Zoom
 * @param zoomSpace its space, or null for the default
 */
record PtzStatus(
    @Nullable Double pan,
    @Nullable Double tilt,
    @Nullable String panTiltSpace,
    @Nullable Double zoom,
    @Nullable String zoomSpace) {
  static final PtzStatus UNKNOWN = new PtzStatus(null, null, null, null, null);
}
