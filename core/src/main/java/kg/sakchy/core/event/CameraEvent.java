package kg.sakchy.core.event;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import kg.sakchy.core.camera.CameraId;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened at a camera.
 *
 * @param camera where
 * @param kind normalised
 * @param state whether something begins, ends or just happens
 * @param at when it happened: the camera's time corrected by its clock offset, or the arrival when
 *     it tells no time
 * @param cameraTime what the camera said, uncorrected, or null
 * @param arrivedAt when we heard of it
 * @param topic the camera's own words, without namespace prefixes; empty when it is ours
 * @param source which of the camera's sources, rules or tokens: name to value
 * @param data what the camera tells about it: name to value (for example {@code plate}, {@code
 *     likelihood})
 */
public record CameraEvent(
    CameraId camera,
    EventKind kind,
    State state,
    Instant at,
    @Nullable Instant cameraTime,
    Instant arrivedAt,
    String topic,
    Map<String, String> source,
    Map<String, String> data) {
  public CameraEvent {
    source = Map.copyOf(source);
    data = Map.copyOf(data);
  }

  /** What happened to the thing that the event is about. */
  public enum State {
    /** It begins, or goes on when we begin to listen. */
    ACTIVE,
    /** It is over. */
    INACTIVE,
    /** It has no duration. */
    PULSE;

    /** Lower-case name, as in the API and the database. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
