package kg.sakchy.onvif.registration;

import static kg.sakchy.core.ObjectStoreContract.assertFails;
import static kg.sakchy.core.SampleDevices.LOGIN;
import static kg.sakchy.core.SampleDevices.address;
import static kg.sakchy.core.SampleDevices.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.InMemoryCameraDirectory;
import kg.sakchy.core.InMemoryCameraRegistry;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.ScriptedDeviceProbe;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.CameraRegistration.Registered;
import kg.sakchy.core.device.CameraRegistration.Request;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceIdentity;
import kg.sakchy.core.device.DeviceReport;
import kg.sakchy.core.device.DiscoveredDevice;
import kg.sakchy.core.device.DiscoveryEvent;
import kg.sakchy.core.device.MediaProfile;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProbingCameraRegistrationTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final CameraId GATE = new CameraId("gate");

  private final FakeClock clock = new FakeClock(NOW);
  private final ScriptedDeviceProbe probe = new ScriptedDeviceProbe();
  private final InMemoryCameraDirectory cameras = new InMemoryCameraDirectory();
  private final InMemoryCameraRegistry registry = new InMemoryCameraRegistry(cameras);
  private final ProbingCameraRegistration registration =
      new ProbingCameraRegistration(cameras, registry, probe, clock);

  @Test
  void registersWhatTheProbeFound() {
    probe.add(report(1));
    Registered registered =
        registration.register(
            new Request(address(1), GATE, "Gate", null, null, true, 14, SampleDevices.placement()));
    assertThat(registered.camera())
        .isEqualTo(
            new Camera(
                GATE,
                "Gate",
                source("rtsp://10.0.0.1:554/main?a=1&b=2"),
                source("rtsp://10.0.0.1:554/sub?a=1&b=2"),
                true,
                14,
                NOW,
                NOW,
                1));
    assertThat(registered.report()).isEqualTo(report(1));
    assertThat(cameras.find(GATE)).contains(registered.camera());
    assertThat(registry.device(GATE)).contains(SampleDevices.device("gate", 1));
    assertThat(registry.placement(GATE)).contains(SampleDevices.placement());
  }

  @Test
  void givesANameAndAnIdWhenNobodyDoes() {
    probe.add(report(1));
    Camera camera = registration.register(request(1, null)).camera();
    assertThat(camera.name()).isEqualTo("Dome 28x 10.0.0.1");
    assertThat(camera.id().value()).matches("cam-[a-z0-9]{8}");
    assertThat(camera.recording()).isTrue();
  }

  @Test
  void takesTheProfilesThatWereChosen() {
    probe.add(report(1));
    Request chosen = new Request(address(1), GATE, null, "sub", "main", false, null, null);
    Camera camera = registration.register(chosen).camera();
    assertThat(camera.main().uri()).hasToString("rtsp://10.0.0.1:554/sub?a=1&b=2");
    assertThat(camera.recordingSince()).isNull();
    Request onlyOne = new Request(address(2), null, null, "sub", null, false, null, null);
    probe.add(report(2));
    assertThat(registration.register(onlyOne).camera().sub()).isNull();
    Request wrong = new Request(address(3), null, null, "gone", null, false, null, null);
    probe.add(report(3));
    assertFails(ErrorKind.INVALID_ARGUMENT, () -> registration.register(wrong));
  }

  @Test
  void aCameraIsRegisteredOnceAndTheErrorNamesIt() {
    probe.add(report(1));
    registration.register(new Request(address(1), GATE, "Gate", null, null, true, null, null));
    DeviceReport elsewhere = at(report(1), address(2));
    probe.add(elsewhere);
    assertConflict(() -> registration.register(request(2, null)), "Gate (gate)");
    DeviceIdentity identity = SampleDevices.identity(1);
    probe.add(
        as(
            elsewhere,
            new DeviceIdentity("urn:uuid:new", identity.make(), "", "", identity.serial(), "")));
    assertConflict(() -> registration.register(request(2, null)), "Gate (gate)");
    probe.add(report(3));
    assertConflict(() -> registration.register(request(3, GATE)), "gate");
    assertThat(cameras.list(null, 10)).hasSize(1);
  }

  @Test
  void withoutAStreamThereIsNothingToRecord() {
    DeviceReport whole = report(1);
    probe.add(with(whole, List.of(), null));
    assertFails(ErrorKind.FAILED_PRECONDITION, () -> registration.register(request(1, GATE)));
    probe.add(with(whole, List.of(profile(null)), "main"));
    assertFails(ErrorKind.FAILED_PRECONDITION, () -> registration.register(request(1, GATE)));
    probe.add(with(whole, List.of(profile("http://10.0.0.1/x")), "main"));
    assertFails(ErrorKind.FAILED_PRECONDITION, () -> registration.register(request(1, GATE)));
    assertThat(cameras.list(null, 10)).isEmpty();
    probe.fail(address(1), ErrorKind.UNAUTHENTICATED, "the login is refused");
    assertFails(ErrorKind.UNAUTHENTICATED, () -> registration.register(request(1, GATE)));
  }

  @Test
  void aLoginInsideTheCamerasOwnAddressIsNotUsed() {
    probe.add(with(report(1), List.of(profile("rtsp://root:pass@10.0.0.1/live")), "main"));
    Camera camera = registration.register(request(1, GATE)).camera();
    assertThat(camera.main()).isEqualTo(source("rtsp://10.0.0.1/live"));
  }

  @Test
  void whatACameraSaysOfItselfIsCut() {
    DeviceIdentity long_ =
        new DeviceIdentity("urn:uuid:1", "A\0cme\n", "M".repeat(5_000), "\ud800", " 1 ", "");
    probe.add(as(report(1), long_));
    Camera camera = registration.register(request(1, GATE)).camera();
    assertThat(camera.name()).hasSize(200);
    DeviceIdentity kept = registry.device(GATE).orElseThrow().identity();
    assertThat(kept)
        .isEqualTo(new DeviceIdentity("urn:uuid:1", "Acme", "M".repeat(200), "", "1", ""));
  }

  @Test
  void aRefreshTakesOverWhatIsNewAndKeepsWhatWasChosen() {
    probe.add(report(1));
    registration.register(new Request(address(1), GATE, "Gate", "sub", null, true, 9, null));
    DeviceAddress moved = address(7);
    probe.remove(address(1));
    probe.add(at(as(report(7), SampleDevices.identity(1)), moved));
    Registered refreshed = registration.refresh(GATE, moved);
    assertThat(refreshed.camera().main().uri()).hasToString("rtsp://10.0.0.7:554/sub?a=1&b=2");
    assertThat(refreshed.camera().name()).isEqualTo("Gate");
    assertThat(refreshed.camera().retentionDays()).isEqualTo(9);
    assertThat(refreshed.camera().version()).isEqualTo(2);
    CameraDevice device = registry.device(GATE).orElseThrow();
    assertThat(device.address()).isEqualTo(moved);
    assertThat(device.mainProfile()).isEqualTo("sub");
    assertThat(registration.refresh(GATE, null).camera()).isEqualTo(refreshed.camera());
  }

  @Test
  void anotherCameraIsNotTakenForARegisteredOne() {
    probe.add(report(1));
    registration.register(request(1, GATE));
    probe.add(report(2));
    assertConflict(() -> registration.refresh(GATE, address(2)), "SN00000002");
    assertThat(registry.device(GATE).orElseThrow().address()).isEqualTo(address(1));
    assertFails(ErrorKind.NOT_FOUND, () -> registration.refresh(new CameraId("nobody"), null));
  }

  @Test
  void aCameraIsFollowedToItsNewAddress() throws Exception {
    BlockingQueue<CameraDevice> changes = new LinkedBlockingQueue<>();
    probe.add(report(1));
    registration.register(request(1, GATE));
    registry.onDeviceChange((camera, device) -> changes.add(device));
    probe.remove(address(1));
    probe.add(at(report(1), address(9)));
    AddressFollower follower = new AddressFollower(registration, clock);
    follower.accept(found(1, address(8), address(9)));
    CameraDevice moved = changes.poll(10, TimeUnit.SECONDS);
    assertThat(moved).isNotNull();
    assertThat(moved.address()).isEqualTo(address(9));
    assertThat(cameras.find(GATE).orElseThrow().version()).isGreaterThanOrEqualTo(1);
  }

  @Test
  void whoOnlyClaimsAnEndpointMovesNothing() {
    probe.add(report(1));
    registration.register(request(1, GATE));
    String endpoint = SampleDevices.identity(1).endpoint();
    probe.add(at(report(1), address(9)));
    assertThat(registration.follow(endpoint, List.of(address(9).service()))).isFalse();
    probe.remove(address(1));
    probe.add(at(as(report(2), withEndpoint(2, "urn:uuid:other")), address(9)));
    assertThat(registration.follow(endpoint, List.of(address(9).service()))).isFalse();
    assertThat(registration.follow("urn:uuid:unknown", List.of(address(9).service()))).isFalse();
    assertThat(registry.device(GATE).orElseThrow().address()).isEqualTo(address(1));
    probe.add(at(report(1), address(9)));
    assertThat(registration.follow(endpoint, List.of(address(9).service()))).isTrue();
    assertThat(registry.device(GATE).orElseThrow().address()).isEqualTo(address(9));
  }

  @Test
  void aCameraThatIsWhereItWasIsNotAsked() {
    probe.add(report(1));
    registration.register(request(1, GATE));
    int asked = probe.asked();
    assertThat(
            registration.follow(
                SampleDevices.identity(1).endpoint(),
                List.of(URI.create("http://10.0.0.1:8080/onvif/device_service"))))
        .isFalse();
    assertThat(probe.asked()).isEqualTo(asked);
  }

  @Test
  void anEndpointIsLookedAtOnceAMinute() throws Exception {
    BlockingQueue<CameraDevice> changes = new LinkedBlockingQueue<>();
    registry.onDeviceChange((camera, device) -> changes.add(device));
    AddressFollower follower = new AddressFollower(registration, clock);
    probe.add(report(1));
    registration.register(request(1, GATE));
    changes.clear();
    follower.accept(found(1, address(1)));
    probe.remove(address(1));
    probe.add(at(report(1), address(9)));
    follower.accept(found(1, address(9)));
    assertThat(changes).isEmpty();
    clock.advance(Duration.ofMinutes(1));
    follower.accept(found(1, address(9)));
    assertThat(changes.poll(10, TimeUnit.SECONDS)).isNotNull();
  }

  private static DiscoveryEvent found(int number, DeviceAddress... at) {
    List<URI> services = new ArrayList<>();
    for (DeviceAddress address : at) {
      services.add(address.service());
    }
    return new DiscoveryEvent.Found(
        new DiscoveredDevice(
            SampleDevices.identity(number).endpoint(),
            services,
            InetAddress.getLoopbackAddress(),
            "",
            "",
            "",
            Set.of(),
            "eth0",
            false));
  }

  private static Request request(int number, @Nullable CameraId id) {
    return new Request(address(number), id, null, null, null, true, null, null);
  }

  private static StreamSource source(String uri) {
    return new StreamSource(URI.create(uri), LOGIN, Transport.TCP);
  }

  private static MediaProfile profile(@Nullable String stream) {
    return new MediaProfile(
        "main",
        "",
        "H264",
        1920,
        1080,
        25,
        4_000,
        50,
        null,
        false,
        false,
        stream == null ? null : URI.create(stream),
        null);
  }

  private static DeviceIdentity withEndpoint(int number, String endpoint) {
    DeviceIdentity identity = SampleDevices.identity(number);
    return new DeviceIdentity(
        endpoint, identity.make(), identity.model(), "", identity.serial(), "");
  }

  private static DeviceReport at(DeviceReport report, DeviceAddress address) {
    return copy(report, address, report.identity(), report.profiles(), report.mainProfile());
  }

  private static DeviceReport as(DeviceReport report, DeviceIdentity identity) {
    return copy(report, report.address(), identity, report.profiles(), report.mainProfile());
  }

  private static DeviceReport with(
      DeviceReport report, List<MediaProfile> profiles, @Nullable String main) {
    return copy(report, report.address(), report.identity(), profiles, main);
  }

  private static DeviceReport copy(
      DeviceReport report,
      DeviceAddress address,
      DeviceIdentity identity,
      List<MediaProfile> profiles,
      @Nullable String main) {
    return new DeviceReport(
        address,
        identity,
        report.onvifProfiles(),
        report.features(),
        profiles,
        main,
        profiles.size() < 2 ? null : report.subProfile(),
        report.clockOffset(),
        report.warnings());
  }

  private static void assertConflict(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT))
        .hasMessageContaining(words);
  }
}
