package kg.sakchy.sim.onvif;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.URI;
import kg.sakchy.sim.onvif.discovery.DiscoveryResponder;

/** A program for a namespace: two cameras that can be found, until its input ends. */
final class DiscoveredCameras {
  private DiscoveredCameras() {}

  public static void main(String[] arguments) throws IOException {
    NetworkInterface network = NetworkInterface.getByName(arguments[0]);
    OnvifSimOptions options = OnvifSimOptions.DEFAULTS.withHost(arguments[1]);
    URI stream = URI.create("rtsp://" + arguments[1] + ":554/main");
    try (OnvifSim sim = OnvifSim.start(options);
        DiscoveryResponder responder = DiscoveryResponder.start(network)) {
      responder.add(
          sim.addDevice(
              SimDeviceProfile.of("dome", SimStream.of("main", stream))
                  .withPtz(PtzSpec.DOME_28X)
                  .withLogin(SimLogin.of("admin", "secret")),
              SimPlacement.at(arguments[1], 80)));
      SimDevice fixed =
          sim.addDevice(
              SimDeviceProfile.of("fixed", SimStream.of("main", stream))
                  .withLogin(SimLogin.of("admin", "secret")));
      fixed.quirks().on(SimQuirk.DISCOVERY_EPHEMERAL_PORT);
      responder.add(fixed);
      System.out.println("ready");
      while (System.in.read() >= 0) {
        // Lives until whoever started it is gone.
      }
    }
  }
}
