package kg.sakchy.onvif.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceHealth;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.CameraEvent.State;
import kg.sakchy.onvif.ScriptedDevice;
import kg.sakchy.onvif.TestSessions;
import kg.sakchy.onvif.camera.RegisteredCamera;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final CameraId CAMERA = new CameraId("gate");

  private final FakeClock clock = new FakeClock(NOW);

  private DeviceHealth look(ScriptedDevice device, TestSessions sessions, boolean streaming) {
    CameraDevice registered =
        new CameraDevice(
            CAMERA,
            new DeviceAddress(device.address(), null, false),
            SampleDevices.identity(1),
            "P1",
            null,
            Set.of());
    HealthCheck check =
        new HealthCheck(clock, camera -> Optional.of(streaming), camera -> Optional.empty());
    return check.look(
        new RegisteredCamera(registered, sessions.to(device, null)), Optional.empty());
  }

  @Test
  void tellsWhatACameraSays() {
    try (TestSessions sessions = new TestSessions(clock);
        ScriptedDevice device = ScriptedDevice.golden("health-good", clock)) {
      DeviceHealth health = look(device, sessions, true);
      assertThat(health.reachable()).isTrue();
      assertThat(health.authenticated()).isTrue();
      assertThat(health.clockOffset()).isEqualTo(Duration.ofSeconds(7));
      assertThat(health.ntp()).isFalse();
      assertThat(health.firmware()).isEqualTo("1.2.3");
      assertThat(health.problem()).isEqualTo("the camera's clock is wrong by 7 s");
      assertThat(look(device, sessions, false).problem()).contains("no pictures");
    }
  }

  @Test
  void aCameraThatIsGoneIsUnreachableAndNothingElse() {
    ScriptedDevice device = ScriptedDevice.golden("health-good", clock);
    device.close();
    try (TestSessions sessions = new TestSessions(clock)) {
      DeviceHealth health = look(device, sessions, true);
      assertThat(health.reachable()).isFalse();
      assertThat(health.authenticated()).isNull();
      assertThat(health.clockOffset()).isNull();
      assertThat(health.problem()).isNotBlank();
    }
  }

  private static DeviceHealth health(
      boolean reachable, @Nullable Boolean login, int offsetSeconds, String firmware) {
    return new DeviceHealth(
        CAMERA,
        NOW,
        reachable,
        login,
        reachable ? Duration.ofSeconds(offsetSeconds) : null,
        true,
        firmware,
        null,
        reachable ? null : "nobody answers");
  }

  private static List<String> words(List<CameraEvent> events) {
    return events.stream()
        .map(event -> event.data().get("check") + " " + event.state().code())
        .toList();
  }

  @Test
  void onlyChangesAreTold() {
    DeviceHealth good = health(true, true, 0, "1");
    DeviceHealth gone = health(false, null, 0, "1");
    DeviceHealth locked = health(true, false, 60, "1");
    assertThat(HealthChanges.between(null, good)).isEmpty();
    assertThat(HealthChanges.between(good, good)).isEmpty();
    assertThat(words(HealthChanges.between(null, gone))).containsExactly("unreachable active");
    List<CameraEvent> lost = HealthChanges.between(good, gone);
    assertThat(words(lost)).containsExactly("unreachable active");
    assertThat(lost.getFirst().data()).containsEntry("problem", "nobody answers");
    assertThat(words(HealthChanges.between(gone, good))).containsExactly("unreachable inactive");
    assertThat(words(HealthChanges.between(good, locked)))
        .containsExactly("login-refused active", "clock-wrong active");
    assertThat(words(HealthChanges.between(locked, good)))
        .containsExactly("login-refused inactive", "clock-wrong inactive");
    List<CameraEvent> updated = HealthChanges.between(good, health(true, true, 0, "2"));
    assertThat(updated).extracting(CameraEvent::state).containsExactly(State.PULSE);
    assertThat(updated.getFirst().data()).containsEntry("before", "1").containsEntry("now", "2");
  }
}
