package kg.sakchy.sim.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import kg.sakchy.core.auth.DigestAlgorithm;
import kg.sakchy.sim.ClipMedia;
import kg.sakchy.sim.SimCamera;
import kg.sakchy.sim.SimOptions;
import kg.sakchy.sim.SimServer;
import kg.sakchy.sim.TestClips;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that others wrote talk to the simulator, so that it is not only our own reading. */
class NodePeerTest {
  private static final String PASSWORD = "p@ss:/<&\"1";

  private final SimServer rtsp = SimServer.start(SimOptions.DEFAULTS);
  private final OnvifSim sim = OnvifSim.start(OnvifSimOptions.DEFAULTS);
  private final SimCamera camera = rtsp.addCamera("dome", ClipMedia.open(TestClips.scene()));

  @AfterEach
  void stop() {
    sim.close();
    rtsp.close();
  }

  private SimDeviceProfile dome() {
    camera.recordOnEdge(Duration.ofMinutes(1));
    return SimDeviceProfile.of(
            "dome", SimStream.of("main", camera), SimStream.of("sub", camera.uri()))
        .withProfiles(OnvifProfile.S, OnvifProfile.T, OnvifProfile.G)
        .withPtz(PtzSpec.DOME_28X)
        .withLogin(SimLogin.of("admin", PASSWORD));
  }

  private static String drive(URI device) throws Exception {
    return NodePeers.run(
        "onvif-cam.js",
        device.getHost(),
        String.valueOf(device.getPort()),
        device.getPath(),
        "admin",
        PASSWORD);
  }

  private void checkDome(String seen) {
    assertThat(seen)
        .contains("\"media2\":true")
        .contains("\"profiles\":[\"main\",\"sub\"]")
        .contains("\"stream\":\"" + camera.uri() + "\"")
        .contains("\"replay\":\"" + camera.replayUri() + "\"")
        .contains("\"nodes\":[\"PTZNode_1\"]")
        .contains("\"gate\":{\"$\":{\"token\":\"Preset_1\"}")
        .contains("Recording_1")
        .contains("tns1:VideoSource/MotionAlarm");
  }

  @Test
  void onvifDrivesADomeWithTokens() throws Exception {
    SimDevice device = sim.addDevice(dome(), SimPlacement.ownPort());
    checkDome(drive(device.uri()));
    assertThat(device.calls("ContinuousMove")).isEqualTo(1);
    assertThat(device.calls("Unsubscribe")).isEqualTo(1);
  }

  @Test
  void onvifDrivesADomeBehindAPathWithDigest() throws Exception {
    SimDevice device =
        sim.addDevice(
            dome()
                .withLogin(
                    SimLogin.of("admin", PASSWORD)
                        .withSchemes(SimLogin.Scheme.HTTP_DIGEST)
                        .withAlgorithms(DigestAlgorithm.MD5, DigestAlgorithm.SHA_256)));
    checkDome(drive(device.uri()));
  }

  @Test
  void nodeOnvifDrivesADome() throws Exception {
    // It refuses to send passwords with angle brackets.
    SimDevice device =
        sim.addDevice(dome().withLogin(SimLogin.of("admin", "p@ss1")), SimPlacement.ownPort());
    String seen = NodePeers.run("node-onvif-device.js", device.uri().toString(), "admin", "p@ss1");
    assertThat(seen)
        .contains("\"profiles\":[\"main\",\"sub\"]")
        .contains("\"stream\":\"" + camera.uri() + "\"")
        .doesNotContain("\"picture\":0");
    assertThat(device.calls("ContinuousMove")).isEqualTo(1);
    assertThat(device.calls("Stop")).isEqualTo(1);
  }
}
