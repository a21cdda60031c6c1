package kg.sakchy.onvif.event;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import kg.sakchy.sim.onvif.OnvifSim;
import kg.sakchy.sim.onvif.OnvifSimOptions;
import kg.sakchy.sim.onvif.SimDevice;
import kg.sakchy.sim.onvif.SimDeviceProfile;
import kg.sakchy.sim.onvif.SimLogin;
import kg.sakchy.sim.onvif.SimStream;

/**
 * Simulated cameras in a process of their own, for {@link EventBench}: prints its port, and lets
 * motion begin and end, evenly spread over the cameras.
 */
final class EventSimMain {
  private EventSimMain() {}

  /**
   * @param args how many cameras, and how often a minute the motion of each changes
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int cameras = Integer.parseInt(args[0]);
    int changesPerMinute = Integer.parseInt(args[1]);
    OnvifSim sim = OnvifSim.start(OnvifSimOptions.DEFAULTS);
    for (int i = 0; i < cameras; i++) {
      sim.addDevice(
          SimDeviceProfile.of(
                  "cam" + i, SimStream.of("main", URI.create("rtsp://127.0.0.1/cam" + i)))
              .withLogin(SimLogin.of("admin", "secret").withSchemes(SimLogin.Scheme.HTTP_DIGEST)));
    }
    System.out.println("port " + sim.port());
    List<SimDevice> all = List.copyOf(sim.devices());
    long step = 60_000_000_000L / Math.max(1, (long) cameras * changesPerMinute);
    long next = System.nanoTime();
    boolean on = true;
    while (changesPerMinute > 0) {
      for (SimDevice device : all) {
        next += step;
        long wait = next - System.nanoTime();
        if (wait > 0) {
          Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
        }
        device.events().motion(on);
      }
      on = !on;
    }
    System.in.read();
    sim.close();
  }
}
