package kg.sakchy.onvif.recording;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recording on a camera ({@code tt:RecordingInformation}); times are the camera's.
 *
 * @param token its name
 * @param earliest of its oldest data, or null
 * @param latest of its newest data, or null while it records
 * @param video whether it has a video track
 */
record Recording(
    String token, @Nullable Instant earliest, @Nullable Instant latest, boolean video) {
  /** Whether it may hold something of a stretch. */
  boolean touches(Instant start, Instant end) {
    return video
        && (earliest == null || earliest.isBefore(end))
        && (latest == null || latest.isAfter(start));
  }
}
