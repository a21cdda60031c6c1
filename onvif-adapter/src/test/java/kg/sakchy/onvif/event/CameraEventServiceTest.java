package kg.sakchy.onvif.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import kg.sakchy.core.Eventually;
import kg.sakchy.core.InMemoryCameraDirectory;
import kg.sakchy.core.InMemoryCameraRegistry;
import kg.sakchy.core.InMemoryEventLog;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.config.NotificationConfig;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceFeature;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.CameraEvent.State;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.TestSessions;
import kg.sakchy.onvif.camera.RegisteredCameras;
import kg.sakchy.onvif.notify.NotificationServer;
import kg.sakchy.sim.onvif.OnvifSim;
import kg.sakchy.sim.onvif.OnvifSimOptions;
import kg.sakchy.sim.onvif.SimDevice;
import kg.sakchy.sim.onvif.SimDeviceProfile;
import kg.sakchy.sim.onvif.SimLogin;
import kg.sakchy.sim.onvif.SimQuirk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All of it against simulated cameras: from what happens there to the log. */
class CameraEventServiceTest {
  private final VmsClock clock = VmsClock.system();
  private final OnvifSim sim = OnvifSim.start(OnvifSimOptions.DEFAULTS);
  private final TestSessions sessions = new TestSessions(clock);
  private final InMemoryCameraDirectory directory = new InMemoryCameraDirectory();
  private final InMemoryCameraRegistry registry = new InMemoryCameraRegistry(directory);
  private final InMemoryEventLog log = new InMemoryEventLog();
  private final EventJournal journal = new EventJournal(log);
  private final BlockingQueue<CameraEvent> heard = new LinkedBlockingQueue<>();
  private final NotificationServer receiver =
      NotificationServer.listen(new NotificationConfig("127.0.0.1", 0, ""));
  private final CameraEventService service =
      new CameraEventService(
          registry, new RegisteredCameras(registry, sessions.all()), journal, receiver, clock);
  private int registered;

  CameraEventServiceTest() {
    log.onAppend(entries -> entries.forEach(entry -> heard.add(entry.event())));
  }

  @AfterEach
  void close() {
    service.close();
    journal.close();
    receiver.close();
    sessions.close();
    sim.close();
  }

  private SimDevice camera(String name, SimQuirk... quirks) {
    SimDevice device =
        sim.addDevice(SimDeviceProfile.of(name).withLogin(SimLogin.of("admin", "secret")));
    device.quirks().on(quirks);
    return device;
  }

  private CameraDevice device(SimDevice camera, Set<DeviceFeature> features) {
    return new CameraDevice(
        new CameraId(camera.name()),
        new DeviceAddress(camera.uri(), new Credentials("admin", "secret"), false),
        SampleDevices.identity(registered),
        "main",
        null,
        features);
  }

  private void register(SimDevice camera, DeviceFeature... features) {
    registered++;
    registry.register(
        SampleDevices.camera(camera.name(), registered), device(camera, Set.of(features)), null);
  }

  private CameraEvent next(EventKind kind) throws InterruptedException {
    CameraEvent event = heard.poll(20, TimeUnit.SECONDS);
    while (event != null && event.kind() != kind) {
      event = heard.poll(20, TimeUnit.SECONDS);
    }
    assertThat(event).as("an event of %s", kind).isNotNull();
    return event;
  }

  private void assertMotionIsHeard(SimDevice camera) throws InterruptedException {
    camera.events().motion(true);
    assertThat(next(EventKind.MOTION).state()).isEqualTo(State.ACTIVE);
    camera.events().motion(false);
    CameraEvent ended = next(EventKind.MOTION);
    assertThat(ended.state()).isEqualTo(State.INACTIVE);
    assertThat(ended.camera()).isEqualTo(new CameraId(camera.name()));
    assertThat(Duration.between(ended.at(), ended.arrivedAt()).abs())
        .isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void followsTheRegistry() throws Exception {
    SimDevice first = camera("first");
    SimDevice silent = camera("silent");
    register(first, DeviceFeature.EVENTS);
    register(silent);
    service.start();
    Eventually.holds("subscribed", () -> service.subscribed() == 1);
    assertThat(service.hears(new CameraId("first"))).isTrue();
    assertThat(service.hears(new CameraId("silent"))).isFalse();
    assertMotionIsHeard(first);
    SimDevice later = camera("later");
    register(later, DeviceFeature.EVENTS);
    Eventually.holds("the new one too", () -> service.subscribed() == 2);
    assertMotionIsHeard(later);
    assertThat(silent.calls("CreatePullPointSubscription")).isZero();
    directory.delete(new CameraId("first"));
    Eventually.holds("the deleted one not", () -> service.subscribed() == 1);
    assertThat(service.hears(new CameraId("first"))).isFalse();
    registry.putDevice(device(later, Set.of()));
    Eventually.holds("nor what lost its events", () -> service.subscribed() == 0);
  }

  @Test
  void closingSaysGoodbyeToTheCameras() throws Exception {
    SimDevice camera = camera("gate");
    register(camera, DeviceFeature.EVENTS);
    service.start();
    Eventually.holds("subscribed", () -> service.subscribed() == 1);
    service.close();
    assertThat(camera.calls("Unsubscribe")).isEqualTo(1);
    assertThat(camera.events().subscriptions()).isZero();
    registry.putDevice(device(camera, Set.of(DeviceFeature.EVENTS, DeviceFeature.PTZ)));
    assertThat(service.hears(new CameraId("gate"))).as("closed it begins nothing").isFalse();
  }

  /** More than the limit on new contacts lets through while closing waits. */
  @Test
  void goodbyesAreNoNewContacts() throws Exception {
    List<SimDevice> cameras = IntStream.range(0, 140).mapToObj(i -> camera("cam" + i)).toList();
    cameras.forEach(camera -> register(camera, DeviceFeature.EVENTS));
    service.start();
    Eventually.holds("subscribed", () -> service.subscribed() == cameras.size());
    Eventually.holds(
        "all wait", () -> cameras.stream().allMatch(camera -> camera.events().waitingPulls() == 1));
    service.close();
    assertThat(cameras).allMatch(camera -> camera.events().subscriptions() == 0);
  }

  @Test
  void aCameraThatDeniesPullPointsIsHeardByNotification() throws Exception {
    SimDevice camera = camera("gate", SimQuirk.PULL_POINT_DENIED, SimQuirk.LONG_CONSUMER_RESTARTS);
    register(camera, DeviceFeature.NOTIFICATIONS);
    service.start();
    Eventually.holds("subscribed", () -> service.subscribed() == 1);
    assertThat(camera.calls("CreatePullPointSubscription")).isEqualTo(1);
    assertThat(camera.calls("Subscribe")).isEqualTo(1);
    assertMotionIsHeard(camera);
    camera.events().licensePlate("01KG123ABC", 0.9);
    assertThat(next(EventKind.PLATE).data()).containsEntry("PlateNumber", "01KG123ABC");
    assertThat(receiver.refused()).isZero();
    service.close();
    assertThat(camera.calls("Unsubscribe")).isEqualTo(1);
  }

  @Test
  void camerasOfBothKindsAreHeardAtOnce() throws Exception {
    List<SimDevice> cameras =
        List.of(camera("a"), camera("b", SimQuirk.PULL_POINT_DENIED), camera("c"));
    cameras.forEach(camera -> register(camera, DeviceFeature.EVENTS));
    service.start();
    Eventually.holds("subscribed", () -> service.subscribed() == cameras.size());
    for (SimDevice camera : cameras) {
      assertMotionIsHeard(camera);
    }
  }
}
