package kg.sakchy.onvif.event;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message of a camera, in its own words.
 *
 * @param topic without prefixes
 * @param cameraTime its UtcTime, or null where there is none that can be read
 * @param operation what it says of a property, or null for an event without state
 * @param source which source, rule or token: name to value
 * @param data what it tells: name to value
 */
record Notification(
    String topic,
    @Nullable Instant cameraTime,
    @Nullable Operation operation,
    Map<String, String> source,
    Map<String, String> data) {
  Notification {
    source = Map.copyOf(source);
    data = Map.copyOf(data);
  }

  /** ONVIF Core §9.4.3, PropertyOperation. */
  enum Operation {
    /** The state as it is when we begin to listen. */
    INITIALIZED,
    CHANGED,
    DELETED
  }
}
