package kg.sakchy.onvif.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kg.sakchy.core.Eventually;
import kg.sakchy.core.FailingCameraRegistry;
import kg.sakchy.core.FaultSwitch;
import kg.sakchy.core.InMemoryCameraDirectory;
import kg.sakchy.core.InMemoryCameraRegistry;
import kg.sakchy.core.InMemoryEventLog;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceHealth;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.CameraEvent.State;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.TestSessions;
import kg.sakchy.onvif.camera.RegisteredCameras;
import kg.sakchy.onvif.event.EventJournal;
import kg.sakchy.sim.onvif.OnvifSim;
import kg.sakchy.sim.onvif.OnvifSimOptions;
import kg.sakchy.sim.onvif.SimDevice;
import kg.sakchy.sim.onvif.SimDeviceProfile;
import kg.sakchy.sim.onvif.SimLogin;
import kg.sakchy.sim.onvif.SimPlacement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The walk through all cameras, against simulated ones. */
class HealthMonitorTest {
  private final VmsClock clock = VmsClock.system();
  private final OnvifSim sim = OnvifSim.start(OnvifSimOptions.DEFAULTS);
  private final TestSessions sessions = new TestSessions(clock);
  private final InMemoryCameraDirectory directory = new InMemoryCameraDirectory();
  private final FaultSwitch faults = new FaultSwitch();
  private final FailingCameraRegistry registry =
      new FailingCameraRegistry(new InMemoryCameraRegistry(directory), faults);
  private final InMemoryEventLog log = new InMemoryEventLog();
  private final EventJournal journal = new EventJournal(log);
  private final HealthMonitor monitor =
      new HealthMonitor(
          registry,
          new RegisteredCameras(registry, sessions.all()),
          log,
          journal,
          camera -> Optional.of(true),
          clock);
  private int registered;

  @AfterEach
  void close() {
    faults.mend();
    monitor.close();
    journal.close();
    sessions.close();
    sim.close();
  }

  private SimDevice camera(String name, String password) {
    SimDevice device =
        sim.addDevice(
            SimDeviceProfile.of(name).withLogin(SimLogin.of("admin", "secret")),
            SimPlacement.ownPort());
    registered++;
    registry.register(
        SampleDevices.camera(name, registered), device(device, password, registered), null);
    return device;
  }

  private static CameraDevice device(SimDevice camera, String password, int number) {
    return new CameraDevice(
        new CameraId(camera.name()),
        new DeviceAddress(camera.uri(), new Credentials("admin", password), false),
        SampleDevices.identity(number),
        "main",
        null,
        Set.of());
  }

  private DeviceHealth health(String camera) throws InterruptedException {
    CameraId id = new CameraId(camera);
    Eventually.holds("looked at " + camera, () -> monitor.health(id).isPresent());
    return monitor.health(id).orElseThrow();
  }

  private List<String> told(String camera) {
    return log.all().stream()
        .filter(event -> event.camera().value().equals(camera))
        .map(event -> event.data().get("check") + " " + event.state().code())
        .toList();
  }

  @Test
  void everyCameraIsLookedAtAndOneThatIsIllHoldsUpNoOther() throws Exception {
    SimDevice gone = camera("a-gone", "secret");
    camera("b-locked", "wrong");
    camera("c-good", "secret");
    gone.cutNetwork();
    monitor.start();
    assertThat(health("c-good").problem()).isNull();
    assertThat(health("c-good").authenticated()).isTrue();
    assertThat(health("a-gone").reachable()).isFalse();
    assertThat(health("b-locked").authenticated()).isFalse();
    Eventually.holds("told", () -> log.all().size() == 2);
    assertThat(told("a-gone")).containsExactly("unreachable active");
    assertThat(told("b-locked")).containsExactly("login-refused active");
    gone.restoreNetwork();
    monitor.look(registry.device(new CameraId("a-gone")).orElseThrow());
    assertThat(health("a-gone").reachable()).isTrue();
    Eventually.holds(
        "its return is told",
        () -> told("a-gone").equals(List.of("unreachable active", "unreachable inactive")));
  }

  @Test
  void aDeletedCameraIsForgotten() throws Exception {
    camera("gate", "secret");
    monitor.start();
    health("gate");
    directory.delete(new CameraId("gate"));
    assertThat(monitor.health(new CameraId("gate"))).isEmpty();
  }

  @Test
  void whatACameraSaysOfItsStorageIsPartOfItsHealth() throws Exception {
    SimDevice gate = camera("gate", "secret");
    CameraDevice device = device(gate, "secret", 1);
    log.append(List.of(storage(State.ACTIVE)));
    assertThat(monitor.look(device).problem()).contains("HardDisk/Failure");
    assertThat(monitor.look(device).storageProblem()).isNotNull();
    log.append(List.of(storage(State.PULSE)));
    assertThat(monitor.look(device).problem()).isNotNull();
    log.append(List.of(storage(State.INACTIVE)));
    assertThat(monitor.look(device).problem()).isNull();
  }

  private CameraEvent storage(State state) {
    return new CameraEvent(
        new CameraId("gate"),
        EventKind.STORAGE,
        state,
        clock.now(),
        null,
        clock.now(),
        "HardDisk/Failure",
        Map.of(),
        Map.of());
  }

  @Test
  void theWalkGoesOnWhenTheDatabaseIsBack() throws Exception {
    camera("gate", "secret");
    faults.fail(ErrorKind.UNAVAILABLE);
    monitor.start();
    Eventually.holds("it asked in vain", () -> faults.refused() > 0);
    faults.mend();
    assertThat(health("gate").reachable()).isTrue();
  }

  @Test
  void closingWaitsForNoCameraAndNoDatabase() throws Exception {
    camera("gate", "secret");
    faults.hold();
    monitor.start();
    Eventually.holds("it asks", () -> faults.waiting() > 0);
    long began = System.nanoTime();
    monitor.close();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    Eventually.holds("and has given up", () -> faults.waiting() == 0);
  }
}
