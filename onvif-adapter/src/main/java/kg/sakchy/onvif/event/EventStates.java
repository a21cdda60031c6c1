package kg.sakchy.onvif.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.CameraEvent.State;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * Turns what one camera says into events: in one vocabulary, each change once, at a time that can
 * be trusted.
 *
 * <p>A camera repeats its states after every subscription, and some repeat them every second; only
 * changes are events. Some cameras tell beginnings and never ends: what such a camera has not
 * repeated for {@link #SELF_CLEAR} is over.
 *
 * <p>Threads: confined to the camera's event loop.
 */
final class EventStates {
  /** For cameras that never tell the end of anything. */
  static final Duration SELF_CLEAR = Duration.ofSeconds(60);

  private static final int MAX_STATES = 512;
  private static final int MAX_STATE_WORD = 8;

  /** Names of data that do not tell a state although their values look like one. */
  private static final Set<String> NO_STATES = Set.of("id", "rule", "objectid", "count", "level");

  private final CameraId camera;
  private final VmsClock clock;
  private final Map<String, Known> states = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * A state that was told.
   *
   * @param last the event it was told by
   * @param heardAt when it was last heard of, monotonic nanoseconds
   * @param tellsEnds whether the camera has ever told its end
   */
  private record Known(CameraEvent last, long heardAt, boolean tellsEnds) {}

  EventStates(CameraId camera, VmsClock clock) {
    this.camera = camera;
    this.clock = clock;
  }

  /**
   * Takes a message.
   *
   * @param clockOffset the camera's clock minus ours
   * @return the event, if it is one
   */
  Optional<CameraEvent> take(Notification message, Duration clockOffset) {
    State state = state(message);
    CameraEvent event =
        CameraTimes.event(
            camera,
            Topics.kind(message.topic()),
            state,
            message.cameraTime(),
            clock.now(),
            clockOffset,
            message.topic(),
            message.source(),
            message.data());
    return state == State.PULSE ? Optional.of(event) : changed(event, message.operation());
  }

  private Optional<CameraEvent> changed(
      CameraEvent event, Notification.@Nullable Operation operation) {
    String key = event.topic() + event.source();
    Known known = states.get(key);
    boolean ends = event.state() == State.INACTIVE;
    boolean news =
        known == null
            ? !(ends && operation == Notification.Operation.INITIALIZED)
            : known.last.state() != event.state();
    if (known == null && states.size() >= MAX_STATES) {
      states.remove(states.keySet().iterator().next());
    }
    boolean tellsEnds = ends || (known != null && known.tellsEnds);
    states.put(
        key, new Known(news || known == null ? event : known.last, clock.nanoTime(), tellsEnds));
    return news ? Optional.of(event) : Optional.empty();
  }

  /** Events for what is over although the camera does not say so; to be asked now and then. */
  List<CameraEvent> expired() {
    List<CameraEvent> over = new ArrayList<>();
    long now = clock.nanoTime();
    for (Iterator<Known> all = states.values().iterator(); all.hasNext(); ) {
      Known known = all.next();
      boolean silent = now - known.heardAt >= SELF_CLEAR.toNanos();
      if (silent && !known.tellsEnds && known.last.state() == State.ACTIVE) {
        CameraEvent begun = known.last;
        over.add(
            new CameraEvent(
                camera,
                begun.kind(),
                State.INACTIVE,
                clock.now(),
                null,
                clock.now(),
                begun.topic(),
                begun.source(),
                Map.of("ended-by", "silence")));
        all.remove();
      }
    }
    return over;
  }

  /** Whether something goes on whose end the camera may never tell. */
  boolean awaitsExpiry() {
    return states.values().stream()
        .anyMatch(known -> !known.tellsEnds && known.last.state() == State.ACTIVE);
  }

  /** A deleted property is over; otherwise the first item whose value is a state decides. */
  private static State state(Notification message) {
    if (message.operation() == Notification.Operation.DELETED) {
      return State.INACTIVE;
    }
    if (!isStateful(message)) {
      return State.PULSE;
    }
    for (Map.Entry<String, String> item : message.data().entrySet()) {
      if (!NO_STATES.contains(item.getKey().toLowerCase(Locale.ROOT))) {
        Optional<State> state = state(item.getValue());
        if (state.isPresent()) {
          return state.get();
        }
      }
    }
    return State.PULSE;
  }

  /**
   * Cameras that leave PropertyOperation out still mean states by the booleans of motion, input and
   * tampering.
   */
  private static boolean isStateful(Notification message) {
    if (message.operation() != null) {
      return true;
    }
    EventKind kind = Topics.kind(message.topic());
    return kind == EventKind.MOTION
        || kind == EventKind.DIGITAL_INPUT
        || kind == EventKind.TAMPER
        || kind == EventKind.FIELD;
  }

  private static Optional<State> state(String value) {
    if (value.length() > MAX_STATE_WORD) {
      return Optional.empty();
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "1", "active", "on", "yes" -> Optional.of(State.ACTIVE);
      case "false", "0", "inactive", "off", "no" -> Optional.of(State.INACTIVE);
      default -> Optional.empty();
    };
  }
}
