package kg.sakchy.onvif.ptz;

import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceIdentity;
import kg.sakchy.core.ptz.PtzCommand;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.TestSessions;
import kg.sakchy.onvif.camera.RegisteredCamera;
import kg.sakchy.onvif.soap.DeviceTarget;
import kg.sakchy.sim.onvif.OnvifSim;
import kg.sakchy.sim.onvif.OnvifSimOptions;
import kg.sakchy.sim.onvif.PtzSpec;
import kg.sakchy.sim.onvif.SimDevice;
import kg.sakchy.sim.onvif.SimDeviceProfile;
import kg.sakchy.sim.onvif.SimLogin;
import kg.sakchy.sim.onvif.SimPlacement;
import kg.sakchy.sim.onvif.SimStream;

/**
 * From a command to the camera's answer, on a simulated dome in this process that asks for HTTP
 * Digest: an upper bound for the time until the command is on the wire.
 *
 * <p>Prints percentiles in milliseconds; run by hand.
 */
final class SteeringBench {
  private static final int WARM_UP = 500;
  private static final int COMMANDS = 2_000;

  private SteeringBench() {}

  public static void main(String[] args) throws Exception {
    VmsClock clock = VmsClock.system();
    Credentials login = new Credentials("admin", "secret");
    try (OnvifSim sim = OnvifSim.start(OnvifSimOptions.DEFAULTS);
        TestSessions sessions = new TestSessions(clock)) {
      SimDevice device =
          sim.addDevice(
              SimDeviceProfile.of("dome", SimStream.of("main", URI.create("rtsp://127.0.0.1/dome")))
                  .withPtz(PtzSpec.DOME_28X)
                  .withLogin(
                      SimLogin.of("admin", "secret").withSchemes(SimLogin.Scheme.HTTP_DIGEST)),
              SimPlacement.ownPort());
      RegisteredCamera camera =
          new RegisteredCamera(
              new CameraDevice(
                  new CameraId("dome"),
                  new DeviceAddress(device.uri(), login, false),
                  new DeviceIdentity("", "", "", "", "", ""),
                  "main",
                  null,
                  Set.of()),
              sessions.all().session(DeviceTarget.parse(device.uri().toString()), login));
      Dome dome = Dome.open(camera, Lens.ASSUMED);
      BlockingQueue<PtzCommand> sent = new LinkedBlockingQueue<>();
      DomeQueue queue =
          new DomeQueue(
              "dome",
              command -> {
                dome.carryOut(command);
                sent.add(command);
              },
              clock);
      double[] millis = new double[COMMANDS];
      for (int i = -WARM_UP; i < COMMANDS; i++) {
        long start = System.nanoTime();
        queue.add(SteeringOrder.of(new PtzCommand.Velocity(i % 2 == 0 ? 0.5 : -0.5, 0, 0), "b"));
        sent.take();
        if (i >= 0) {
          millis[i] = (System.nanoTime() - start) / 1e6;
        }
      }
      Arrays.sort(millis);
      System.out.printf(
          "command to answer: p50 %.2f ms, p95 %.2f ms, p99 %.2f ms, most %.2f ms%n",
          millis[COMMANDS / 2],
          millis[COMMANDS * 95 / 100],
          millis[COMMANDS * 99 / 100],
          millis[COMMANDS - 1]);
    }
  }
}
