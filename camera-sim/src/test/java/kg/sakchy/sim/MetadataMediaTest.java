package kg.sakchy.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import kg.sakchy.core.Eventually;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.rtp.RtpPacket;
import kg.sakchy.sim.onvif.OnvifSim;
import kg.sakchy.sim.onvif.OnvifSimOptions;
import kg.sakchy.sim.onvif.PtzSpec;
import kg.sakchy.sim.onvif.SimDevice;
import kg.sakchy.sim.onvif.SimDeviceProfile;
import kg.sakchy.sim.onvif.SimStream;
import kg.sakchy.sim.onvif.event.MetadataDocument;
import org.junit.jupiter.api.Test;

/** What stands beside the pictures, and what they look at. */
class MetadataMediaTest {
  private static final ClipMedia CLIP = ClipMedia.open(TestClips.scene());
  private static final int METADATA = 4;

  @Test
  void sendsDocumentsBesideThePictures() throws Exception {
    MetadataMedia media = new MetadataMedia(CLIP);
    try (SimServer server = SimServer.start(SimOptions.DEFAULTS)) {
      SimCamera camera = server.addCamera("m", media);
      try (Viewer viewer = new Viewer(camera.uri())) {
        viewer.play();
        viewer.setUp(2);
        viewer.request("PLAY", "/");
        String document =
            MetadataDocument.vehicle(
                Instant.EPOCH,
                7,
                new MetadataDocument.Box(-0.5, 0.5, 0, 0),
                "Car",
                "01 KG <7>".repeat(400));
        media.send(document);
        StringBuilder got = new StringBuilder();
        RtpPacket packet;
        do {
          packet = viewer.next(METADATA, 1).getFirst().rtp();
          got.append(StandardCharsets.UTF_8.decode(packet.payload()));
        } while (!packet.marker());
        assertThat(got.toString()).isEqualTo(document);
      }
    }
  }

  /** A scene that only remembers whom it follows. */
  private static final class Scene implements PtzScene {
    private final List<Supplier<PtzPosition>> heads = new ArrayList<>();

    @Override
    public void follow(Supplier<PtzPosition> head) {
      heads.add(head);
    }

    @Override
    public List<TrackFormat> formats() {
      return CLIP.formats();
    }

    @Override
    public Playback play(ScheduledExecutorService loop, Listener listener) {
      return CLIP.play(loop, listener);
    }
  }

  @Test
  void aSceneFollowsTheHead() throws Exception {
    Scene scene = new Scene();
    try (SimServer server = SimServer.start(SimOptions.DEFAULTS);
        OnvifSim sim = OnvifSim.start(OnvifSimOptions.DEFAULTS)) {
      SimCamera camera = server.addCamera("dome", scene);
      SimDevice device =
          sim.addDevice(
              SimDeviceProfile.of("dome", SimStream.of("main", camera)).withPtz(PtzSpec.DOME_28X));
      Eventually.holds("followed", () -> scene.heads.size() == 1);
      device.ptz().turnTo(30, -10, 1);
      Eventually.holds("there", () -> scene.heads.getFirst().get().panDegrees() == 30);
    }
  }
}
