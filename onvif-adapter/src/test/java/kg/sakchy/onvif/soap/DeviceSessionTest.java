package kg.sakchy.onvif.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.onvif.ScriptedDevice;
import kg.sakchy.onvif.TestSessions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeviceSessionTest {
  private final FakeClock clock = new FakeClock(Instant.parse("2026-11-22T10:00:00Z"));
  private final TestSessions sessions = new TestSessions(clock);

  @AfterEach
  void close() {
    sessions.close();
  }

  @Test
  void afterTheCloseCallsAreCancelledAndNothingElse() {
    try (ScriptedDevice device = ScriptedDevice.golden("health-good", clock)) {
      DeviceSession session = sessions.to(device, null);
      session.measureClock();
      sessions.close();
      assertThatThrownBy(session::measureClock)
          .isInstanceOfSatisfying(
              VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
    }
  }

  @Test
  void digestOnlyCamera() {
    try (ScriptedDevice device = ScriptedDevice.golden("hikvision-digest", clock)) {
      DeviceSession session = sessions.to(device);
      String model =
          session.call(
              SoapRequest.of(OnvifService.DEVICE, "GetDeviceInformation"),
              response -> {
                assertThat(response.enter("Model")).isTrue();
                return response.text();
              });
      assertThat(model).isEqualTo("DS-2DE4A425IWG-E");
      assertThat(device.operations())
          .containsExactly("GetSystemDateAndTime", "GetDeviceInformation", "GetDeviceInformation");
      assertThat(device.requests().getLast().fields().get("authorization"))
          .contains("algorithm=SHA-256");
      assertThat(session.address(OnvifService.MEDIA2)).isPresent();
    }
  }
}
