package kg.sakchy.core.ptz;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a dome looks; null where the camera does not tell.
 *
 * @param panDegrees 0 to under 360, clockwise seen from above
 * @param tiltDegrees above the horizon, negative below
 * @param zoomFactor 1 at the widest
 * @param at when it was read, by our clock
 * @param moving whether it moves; by the change of positions, since some cameras never tell
 */
public record PtzPosition(
    @Nullable Double panDegrees,
    @Nullable Double tiltDegrees,
    @Nullable Double zoomFactor,
    Instant at,
    boolean moving) {}
