package kg.sakchy.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser that plays H.265 by itself gets the camera's own pictures. */
class FirefoxEndToEndTest {
  private static final String VIDEO = "document.querySelector('video')";

  @TempDir Path dir;

  @Test
  void h265PlaysAsTheCameraSendsIt() throws Exception {
    Path clip = TestClips.h265(dir, 40);
    try (GstCamera camera = GstCamera.start(dir, clip, "h265");
        ServerProcess server =
            ServerProcess.start(dir.resolve("data"), Map.of("VMS_LIVE_TRANSCODERS", "0"));
        Firefox firefox = Firefox.start(dir.resolve("profile"))) {
      server.register("gst", camera.uri());
      server.awaitStatus("gst", s -> s.at("/recording/state").asText().equals("recording"));
      firefox.open(server.uri("/healthz"));
      firefox.cookie(server.administrator().cookie());
      firefox.open(server.uri("/cameras?lang=en"));
      firefox.await("document.querySelector('button.open')");
      firefox.value("document.querySelector('button.open').click()");
      firefox.await(VIDEO + " && " + VIDEO + ".getVideoPlaybackQuality().totalVideoFrames > 50");
      double before = firefox.value(VIDEO + ".currentTime").asDouble();
      firefox.await(VIDEO + ".currentTime > " + (before + 2));
      assertThat(firefox.value(VIDEO + ".videoWidth").asInt()).isEqualTo(320);
      assertThat(firefox.value(VIDEO + ".getVideoPlaybackQuality().totalVideoFrames").asInt())
          .isGreaterThan(75);
    }
  }
}
