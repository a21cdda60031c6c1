package kg.sakchy.sim.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.ExternalTool;
import org.junit.jupiter.api.Test;

/** Clients that others wrote look for cameras, in a network of their own. */
class DiscoveryTest {
  private interface Search {
    void run(Namespace namespace) throws Exception;
  }

  private static void withCameras(String name, Search search) throws Exception {
    Namespace namespace = new Namespace(name);
    try {
      Process cameras = namespace.startCameras(DiscoveredCameras.class, "cam0", Namespace.CAMERAS);
      try {
        BufferedReader said = cameras.inputReader(StandardCharsets.UTF_8);
        assertThat(said.lines().anyMatch(line -> line.equals("ready"))).isTrue();
        search.run(namespace);
      } finally {
        cameras.getOutputStream().close();
        if (!cameras.waitFor(20, TimeUnit.SECONDS)) {
          cameras.destroyForcibly();
        }
      }
    } finally {
      namespace.delete();
    }
  }

  @Test
  void onvifUtilFindsAndAsks() throws Exception {
    ExternalTool util = ExternalTool.require("onvif-util");
    withCameras(
        "simd",
        namespace -> {
          assertThat(namespace.asClient("", util.path().toString(), "-a"))
              .contains("(dome Sim 1)", "(fixed Sim 1)");
          String said =
              namespace.asClient(
                  "get profiles\nget rtsp\nquit\n",
                  util.path().toString(),
                  "-u",
                  "admin",
                  "-p",
                  "secret",
                  Namespace.CAMERAS);
          assertThat(said).contains("rtsp://198.51.100.10:554/main");
        });
  }

  @Test
  void nodeOnvifFindsBoth() throws Exception {
    ExternalTool node = ExternalTool.require("node");
    String script = NodePeers.installed("node-onvif-probe.js").toString();
    withCameras(
        "simn",
        namespace ->
            assertThat(namespace.asClient("", node.path().toString(), script))
                .contains("http://198.51.100.10:80/onvif/device_service")
                .contains("/fixed/onvif/device_service"));
  }
}
