package kg.sakchy.server.bench.relay;

import java.io.IOException;
import kg.sakchy.sim.SimOptions;
import kg.sakchy.sim.SimServer;

/** Simulated cameras {@code cam0}, {@code cam1}... in a process of their own. */
final class CameraProcess {
  private CameraProcess() {}

  /** Arguments: how many, bytes of a picture. Prints the port; ends with its input. */
  public static void main(String[] arguments) throws IOException {
    try (SimServer server = SimServer.start(SimOptions.DEFAULTS)) {
      for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
        server.addCamera("cam" + i, new StampedMedia(Integer.parseInt(arguments[1])));
      }
      System.out.println(server.port());
      while (System.in.read() >= 0) {
        // until the measurement is over
      }
    }
  }
}
