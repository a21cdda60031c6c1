package kg.sakchy.onvif.health;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kg.sakchy.core.device.DeviceHealth;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.CameraEvent.State;
import kg.sakchy.core.event.EventKind;
import org.jspecify.annotations.Nullable;

/**
 * What changed from one look at a camera to the next, as events: a problem is active until it is
 * gone; firmware just changes. What is not known is no change.
 */
final class HealthChanges {
  private HealthChanges() {}

  /**
   * Compares.
   *
   * @param before null when the camera was never looked at: then only problems are told
   */
  static List<CameraEvent> between(@Nullable DeviceHealth before, DeviceHealth now) {
    List<CameraEvent> events = new ArrayList<>();
    problem(
        events, now, "unreachable", before == null ? null : !before.reachable(), !now.reachable());
    problem(
        events,
        now,
        "login-refused",
        before == null ? null : not(before.authenticated()),
        not(now.authenticated()));
    problem(
        events,
        now,
        "clock-wrong",
        before == null ? null : isClockWrong(before),
        isClockWrong(now));
    if (before != null
        && before.firmware() != null
        && now.firmware() != null
        && !Objects.equals(before.firmware(), now.firmware())) {
      events.add(
          event(
              now,
              State.PULSE,
              Map.of("check", "firmware", "before", before.firmware(), "now", now.firmware())));
    }
    return events;
  }

  private static @Nullable Boolean not(@Nullable Boolean value) {
    return value == null ? null : Boolean.valueOf(!value);
  }

  private static @Nullable Boolean isClockWrong(DeviceHealth health) {
    return health.clockOffset() == null
        ? null
        : Boolean.valueOf(health.clockOffset().abs().compareTo(HealthCheck.TOLERANCE) > 0);
  }

  private static void problem(
      List<CameraEvent> events,
      DeviceHealth now,
      String check,
      @Nullable Boolean was,
      @Nullable Boolean is) {
    boolean wasWrong = was != null && was;
    if (is == null || is == wasWrong) {
      return;
    }
    Map<String, String> data = new LinkedHashMap<>();
    data.put("check", check);
    if (is && now.problem() != null) {
      data.put("problem", now.problem());
    }
    events.add(event(now, is ? State.ACTIVE : State.INACTIVE, data));
  }

  private static CameraEvent event(DeviceHealth now, State state, Map<String, String> data) {
    return new CameraEvent(
        now.camera(),
        EventKind.HEALTH,
        state,
        now.checkedAt(),
        null,
        now.checkedAt(),
        "",
        Map.of(),
        data);
  }
}
