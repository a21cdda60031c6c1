package kg.sakchy.onvif.ptz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.InMemoryCameraDirectory;
import kg.sakchy.core.InMemoryCameraRegistry;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceFeature;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.ptz.PtzCommand;
import kg.sakchy.onvif.ScriptedDevice;
import kg.sakchy.onvif.TestSessions;
import kg.sakchy.onvif.camera.RegisteredCameras;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnvifPtzControlTest {
  private static final CameraId DOME = new CameraId("dome");
  private static final CameraId NOBODY = new CameraId("nobody");

  private final FakeClock clock = new FakeClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final TestSessions sessions = new TestSessions(clock);
  private final InMemoryCameraRegistry registry =
      new InMemoryCameraRegistry(new InMemoryCameraDirectory());
  private final OnvifPtzControl control =
      new OnvifPtzControl(
          new RegisteredCameras(registry, sessions.all()), registry, device -> Lens.ASSUMED, clock);

  @AfterEach
  void close() {
    sessions.close();
  }

  static Stream<PtzCommand> insane() {
    double none = Double.NaN;
    return Stream.of(
        new PtzCommand.Velocity(1.01, 0, 0),
        new PtzCommand.Velocity(0, none, 0),
        new PtzCommand.Velocity(0, 0, -2),
        new PtzCommand.Absolute(null, null, null),
        new PtzCommand.Absolute(Double.POSITIVE_INFINITY, null, null),
        new PtzCommand.Absolute(0.0, none, null),
        new PtzCommand.Relative(361, 0, 1),
        new PtzCommand.Relative(0, -181, 1),
        new PtzCommand.Relative(none, 0, 1),
        new PtzCommand.Relative(0, 0, 0),
        new PtzCommand.Relative(0, 0, Double.POSITIVE_INFINITY),
        new PtzCommand.Centre(-0.1, 0.5),
        new PtzCommand.Centre(0.5, none),
        new PtzCommand.Frame(0, 0, 0, 1),
        new PtzCommand.Frame(0.5, 0, 0.6, 1),
        new PtzCommand.Frame(0, 0.5, 1, none),
        new PtzCommand.Focus(2),
        new PtzCommand.Iris(-1.5),
        new PtzCommand.SetPreset(null, " "),
        new PtzCommand.SetPreset(null, "x".repeat(65)));
  }

  @ParameterizedTest
  @MethodSource("insane")
  void numbersOutOfRangeNeverReachACamera(PtzCommand command) {
    assertThat(control.send(DOME, "aidar", command))
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableOfType(ExecutionException.class)
        .havingCause()
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_ARGUMENT));
    assertThat(control.remembered()).isZero();
  }

  @Test
  void aCameraThatDoesNotExistIsNotFoundAndNotRemembered() {
    assertThatThrownBy(() -> control.abilities(NOBODY))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND));
    assertThat(control.send(NOBODY, "aidar", new PtzCommand.Stop()))
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableOfType(ExecutionException.class)
        .havingCause()
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND));
    assertThat(control.remembered()).isZero();
  }

  @Test
  void aDomeIsAskedOnceAndAgainAfterItsRegistrationChanged() {
    try (ScriptedDevice dome = ScriptedDevice.golden("ptz-generic-dome", clock)) {
      CameraDevice device =
          new CameraDevice(
              DOME,
              new DeviceAddress(dome.address(), null, false),
              SampleDevices.identity(1),
              "P1",
              null,
              Set.of(DeviceFeature.PTZ));
      registry.register(SampleDevices.camera("dome", 1), device, null);
      assertThat(control.abilities(DOME)).isEqualTo(control.abilities(DOME));
      long once = dome.operations().stream().filter("GetNodes"::equals).count();
      long asked = dome.operations().size();
      control.abilities(DOME);
      assertThat(dome.operations()).hasSize((int) asked);
      registry.putDevice(
          new CameraDevice(
              DOME,
              device.address(),
              device.identity(),
              "P1",
              null,
              Set.of(DeviceFeature.PTZ, DeviceFeature.EVENTS)));
      control.abilities(DOME);
      assertThat(dome.operations().size()).isGreaterThan((int) asked);
      assertThat(dome.operations().stream().filter("GetNodes"::equals).count()).isEqualTo(2 * once);
    }
  }
}
