package kg.sakchy.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.PacketLoss;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.gateway.camera.EventRecorder;
import kg.sakchy.gateway.camera.GatewayExtension;
import kg.sakchy.gateway.camera.TestScene;
import kg.sakchy.sim.SimAccess;
import kg.sakchy.sim.SimCamera;
import kg.sakchy.sim.SimFaults;
import kg.sakchy.sim.SimOptions;
import kg.sakchy.sim.SimServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transports, passwords and bad packets, against simulated cameras that send in real time. */
class SimulatedCameraTest {
  private static final String PATH = "cam";
  private static final Credentials ADMIN = new Credentials("admin", "a:b/c@d \"e");

  @RegisterExtension final GatewayExtension it = new GatewayExtension(GatewayExtension.PATIENT);

  private final List<SimServer> servers = new ArrayList<>();
  private final SimFaults faults = new SimFaults();

  @AfterEach
  void close() {
    servers.forEach(SimServer::close);
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void everyTransportBringsVideoSoundAndReports(Transport transport) throws Exception {
    SimServer server = server(SimOptions.DEFAULTS.withReportInterval(Duration.ofMillis(200)));
    SimCamera camera = server.addCamera(PATH, new TestScene(), faults);

    EventRecorder recorder = listen(server, null, transport);

    StreamFormat format = recorder.await(StreamFormat.class, 1);
    assertThat(format.tracks()).hasSize(2);
    recorder.await(AccessUnit.class, 60);
    recorder.await(SenderReport.class, 1);
    if (transport == Transport.TCP) { // the simulator does not read them over UDP
      it.eventually(() -> camera.receiverReports() > 0);
    }
    assertUnitsAreWhole(recorder, 0, 3_600);
    assertUnitsAreWhole(recorder, 1, 320);
    assertThat(recorder.all(PacketLoss.class)).isEmpty();
    assertThat(camera.mostConnections()).isEqualTo(1);

    it.gateway().close(GatewayExtension.ID);
    it.eventually(() -> camera.teardowns() == 1 && camera.connections() == 0);
  }

  @Test
  void datagramsThatComeTwiceOrInDisorderCostNothing() throws Exception {
    faults.duplicateEvery(7).reorderEvery(5);
    SimServer server = server(SimOptions.DEFAULTS);
    server.addCamera(PATH, new TestScene(), faults);

    EventRecorder recorder = listen(server, null, Transport.UDP);

    recorder.await(AccessUnit.class, 60);
    assertUnitsAreWhole(recorder, 0, 3_600);
    assertThat(recorder.all(PacketLoss.class)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void lostPacketsAreAnnouncedAndCounted(Transport transport) throws Exception {
    SimServer server = server(SimOptions.DEFAULTS);
    server.addCamera(PATH, new TestScene(), faults);
    EventRecorder recorder = listen(server, null, transport);
    recorder.await(AccessUnit.class, 5);

    faults.lossEvery(50);

    PacketLoss loss = recorder.await(PacketLoss.class, 3);
    assertThat(loss.reason()).contains("lost");
    LiveStream stream = it.gateway().find(GatewayExtension.ID).orElseThrow();
    it.eventually(() -> stream.status().packetsLost() >= 3);
    assertThat(recorder.all(Interruption.class)).isEmpty();
  }

  @Test
  void garbageBetweenFramesLosesNothingInSilence() throws Exception {
    faults.garbageEvery(10);
    SimServer server = server(SimOptions.DEFAULTS);
    server.addCamera(PATH, new TestScene(), faults);

    EventRecorder recorder = listen(server, null, Transport.TCP);

    recorder.await(AccessUnit.class, 60);
    assertUnitsAreWhole(recorder, 0, 3_600);
    List<AccessUnit> sound = units(recorder, 1);
    long sent = (sound.getLast().dts() - sound.getFirst().dts()) / 320 + 1;
    long announced =
        recorder.all(PacketLoss.class).stream()
            .filter(loss -> loss.track() == 1)
            .mapToLong(PacketLoss::packets)
            .sum();
    assertThat(announced).isGreaterThanOrEqualTo(sent - sound.size());
    assertThat(recorder.all(Interruption.class)).isEmpty();
  }

  @Test
  void oversizedLengthsAreSurvived() throws Exception {
    faults.oversizeEvery(40);
    SimServer server = server(SimOptions.DEFAULTS);
    server.addCamera(PATH, new TestScene(), faults);

    EventRecorder recorder = listen(server, null, Transport.TCP);

    recorder.await(AccessUnit.class, 60);
    assertThat(recorder.all(Interruption.class)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(SimAccess.Scheme.class)
  void passwordsAreProved(SimAccess.Scheme scheme) throws Exception {
    SimServer server = server(SimOptions.DEFAULTS.withSessionTimeout(Duration.ofSeconds(2)));
    SimCamera camera = server.addCamera(PATH, new TestScene(), faults);
    camera.protect(new SimAccess(scheme, ADMIN));

    EventRecorder recorder = listen(server, ADMIN, Transport.TCP);

    recorder.await(AccessUnit.class, 10);
    camera.expireNonces();
    long before = camera.keepAlives();
    it.eventually(() -> camera.keepAlives() >= before + 2);
    assertThat(camera.timeouts()).isZero();
    assertThat(recorder.all(Interruption.class)).isEmpty();
  }

  @Test
  void rtspsTakesACertificateThatTheCameraSignedItself() throws Exception {
    SimServer server = server(SimOptions.DEFAULTS.withTls());
    server.addCamera(PATH, new TestScene(), faults);

    EventRecorder recorder = listen(server, null, Transport.TCP);

    recorder.await(AccessUnit.class, 30);
    assertUnitsAreWhole(recorder, 0, 3_600);
  }

  @Test
  void aCertificateThatThePolicyRefusesIsTheCamerasFault() throws Exception {
    SimServer server = server(SimOptions.DEFAULTS.withTls());
    server.addCamera(PATH, new TestScene(), faults);
    EventRecorder recorder = new EventRecorder();
    try (RtspGateway strict =
        new RtspGateway(
            GatewayExtension.PATIENT,
            VmsClock.system(),
            new SimpleMeterRegistry(),
            (host, chain) -> {
              throw new CertificateException("not the one that was registered: " + host);
            })) {
      strict
          .open(GatewayExtension.ID, new StreamSource(server.uri(PATH), null, Transport.TCP))
          .subscribe(recorder);

      Interruption interruption = recorder.await(Interruption.class, 1);
      assertThat(interruption.cause()).isEqualTo(GapCause.CAMERA);
      assertThat(interruption.message()).contains("no TLS connection");
    }
  }

  @Test
  void plainPortIsNoTlsPort() throws Exception {
    SimServer server = server(SimOptions.DEFAULTS);
    server.addCamera(PATH, new TestScene(), faults);
    EventRecorder recorder = new EventRecorder();
    it.gateway()
        .open(
            GatewayExtension.ID,
            StreamSource.parse("rtsps://127.0.0.1:" + server.port() + "/cam", Transport.TCP))
        .subscribe(recorder);

    assertThat(recorder.await(Interruption.class, 1).message()).contains("TLS");
  }

  @Test
  void aJumpOfTheCamerasTimeBeginsARun() throws Exception {
    SimServer server = server(SimOptions.DEFAULTS);
    SimCamera camera = server.addCamera(PATH, new TestScene(), faults);
    EventRecorder recorder = listen(server, null, Transport.TCP);
    recorder.await(AccessUnit.class, 10);

    camera.jumpTimestamps(Duration.ofHours(1));
    recorder.await(StreamFormat.class, 2);
    camera.jumpTimestamps(Duration.ofHours(-2));
    recorder.await(StreamFormat.class, 3);

    assertThat(recorder.all(Interruption.class)).isEmpty();
  }

  @Test
  void aWrapOfTheCamerasTimeIsNoJump() throws Exception {
    SimServer server = server(SimOptions.DEFAULTS);
    SimCamera camera = server.addCamera(PATH, new TestScene(), faults);
    camera.wrapTimestampsIn(Duration.ofSeconds(1));

    EventRecorder recorder = listen(server, null, Transport.TCP);

    recorder.await(AccessUnit.class, 80);
    assertUnitsAreWhole(recorder, 0, 3_600);
    assertThat(recorder.all(StreamFormat.class)).hasSize(1);
  }

  @Test
  void aSessionThatTheCameraForgetsIsMadeAnew() throws Exception {
    SimServer server = server(SimOptions.DEFAULTS.withSessionTimeout(Duration.ofSeconds(2)));
    SimCamera camera = server.addCamera(PATH, new TestScene(), faults);
    EventRecorder recorder = listen(server, null, Transport.TCP);
    recorder.await(AccessUnit.class, 10);

    camera.forgetSessions();

    recorder.awaitInterruption("the camera ended the session");
    recorder.await(StreamFormat.class, 2);
  }

  private SimServer server(SimOptions options) {
    SimServer server = SimServer.start(options);
    servers.add(server);
    return server;
  }

  private EventRecorder listen(
      SimServer server, @Nullable Credentials credentials, Transport transport) {
    EventRecorder recorder = new EventRecorder();
    it.gateway()
        .open(GatewayExtension.ID, new StreamSource(server.uri(PATH), credentials, transport))
        .subscribe(recorder);
    return recorder;
  }

  private static List<AccessUnit> units(EventRecorder recorder, int track) {
    return recorder.all(AccessUnit.class).stream().filter(unit -> unit.track() == track).toList();
  }

  private static void assertUnitsAreWhole(EventRecorder recorder, int track, int ticks) {
    List<AccessUnit> units = units(recorder, track);
    assertThat(units).hasSizeGreaterThan(5);
    for (int i = 1; i < units.size(); i++) {
      assertThat(units.get(i).dts() - units.get(i - 1).dts()).isEqualTo(ticks);
    }
  }
}
