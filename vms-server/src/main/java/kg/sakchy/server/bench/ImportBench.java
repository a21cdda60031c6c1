package kg.sakchy.server.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.config.DeviceConfig;
import kg.sakchy.core.config.VmsConfig;
import kg.sakchy.core.device.CameraImports;
import kg.sakchy.core.device.CameraImports.Run;
import kg.sakchy.core.device.CameraRegistration;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.server.Directories;
import kg.sakchy.server.VmsServer;
import kg.sakchy.sim.onvif.OnvifSim;
import kg.sakchy.sim.onvif.OnvifSimOptions;
import kg.sakchy.sim.onvif.SimDevice;
import kg.sakchy.sim.onvif.SimDeviceProfile;
import kg.sakchy.sim.onvif.SimLogin;
import kg.sakchy.sim.onvif.SimPlacement;
import kg.sakchy.sim.onvif.SimStream;

/**
 * Registers cameras with the real server: the table is read, every camera is probed over SOAP and
 * HTTP Digest, and the result is stored in an embedded PostgreSQL. The simulated cameras, each at a
 * port of its own, run in the same process and cost what they cost. Events are subscribed to
 * meanwhile, as on any server; nothing is recorded.
 *
 * <p>Threads: confined to the thread that runs it.
 *
 * @param cameras lines of the table
 * @param alone cameras registered one after the other before, which also warms the JVM up
 * @param delay by which each answer of a camera is late
 */
public record ImportBench(int cameras, int alone, Duration delay) {
  private static final Credentials LOGIN = new Credentials("admin", "secret");
  private static final Duration DATABASE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(100);

  /**
   * What came out.
   *
   * @param aloneMillis probe and registration of one camera, sorted
   * @param run the import at its end
   * @param seconds from the table to the last row
   */
  public record Report(List<Long> aloneMillis, Run run, double seconds) {
    @Override
    public String toString() {
      String rows =
          "%d rows: %d registered, %d failed, in %.1f s"
              .formatted(run.rows(), run.registered(), run.failed(), seconds);
      return aloneMillis.isEmpty()
          ? rows
          : "one camera alone: p50 %d ms, p95 %d ms, longest %d ms%n%s"
              .formatted(
                  aloneMillis.get(aloneMillis.size() / 2),
                  aloneMillis.get(aloneMillis.size() * 95 / 100),
                  aloneMillis.getLast(),
                  rows);
    }
  }

  public Report run() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("sakchy-bench");
    try (OnvifSim sim = OnvifSim.start(OnvifSimOptions.DEFAULTS);
        VmsServer server = VmsServer.start(config(directory), VmsClock.system())) {
      awaitDatabase(server);
      List<Long> millis = new ArrayList<>();
      for (SimDevice device : devices(sim, "alone", alone)) {
        long began = System.nanoTime();
        server.devices().registration().register(request(device));
        millis.add((System.nanoTime() - began) / 1_000_000);
      }
      millis.sort(null);
      byte[] table = table(devices(sim, "row", cameras));
      long began = System.nanoTime();
      CameraImports imports = server.devices().imports();
      Run run = imports.start("bench.csv", Bytes.copyOf(table), false);
      while (run.state() == Run.State.RUNNING) {
        Thread.sleep(LOOK);
        run = imports.find(run.id()).orElseThrow();
      }
      return new Report(List.copyOf(millis), run, (System.nanoTime() - began) / 1e9);
    } finally {
      Directories.deleteTree(directory);
    }
  }

  private static VmsConfig config(Path directory) {
    VmsConfig base = VmsConfig.DEFAULTS;
    return new VmsConfig(
            directory.toString(),
            base.tls(),
            base.http(),
            base.rtsp(),
            base.webrtc(),
            base.live(),
            base.database(),
            base.objectStore(),
            new DeviceConfig(false, true, false),
            base.gateway(),
            base.recording(),
            base.audit(),
            base.oidc())
        .onFreePorts();
  }

  /** A new database takes its time, and that is not what is measured. */
  private static void awaitDatabase(VmsServer server) throws InterruptedException {
    long end = System.nanoTime() + DATABASE.toNanos();
    while (System.nanoTime() < end) {
      try {
        server.devices().imports().latest(1);
        return;
      } catch (VmsException e) {
        Thread.sleep(LOOK);
      }
    }
    throw new VmsException(ErrorKind.TIMEOUT, "the database did not start");
  }

  private List<SimDevice> devices(OnvifSim sim, String name, int count) {
    List<SimDevice> devices = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      SimDeviceProfile profile =
          SimDeviceProfile.of(
                  name + i, SimStream.of("main", URI.create("rtsp://127.0.0.1/" + name + i)))
              .withLogin(
                  SimLogin.of(LOGIN.user(), LOGIN.password())
                      .withSchemes(SimLogin.Scheme.HTTP_DIGEST));
      SimDevice device = sim.addDevice(profile, SimPlacement.ownPort());
      device.delayAnswers(delay);
      devices.add(device);
    }
    return devices;
  }

  private static CameraRegistration.Request request(SimDevice device) {
    return new CameraRegistration.Request(
        new DeviceAddress(device.uri(), LOGIN, false), null, null, null, null, false, null, null);
  }

  private static byte[] table(List<SimDevice> devices) {
    StringBuilder csv = new StringBuilder("address,user,password,name,recording\n");
    for (SimDevice device : devices) {
      csv.append(
          "%s,%s,%s,%s,no%n"
              .formatted(device.uri(), LOGIN.user(), LOGIN.password(), device.name()));
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }
}
