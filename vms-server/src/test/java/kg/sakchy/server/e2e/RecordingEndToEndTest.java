package kg.sakchy.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * From a camera of somebody else to a file that somebody else's player takes for the camera's own.
 */
class RecordingEndToEndTest {
  /** Short segments, so that a download crosses several and reads store, spool and the open one. */
  private static final Map<String, String> SETTINGS = Map.of("VMS_RECORDING_SEGMENT", "3s");

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"h264", "h265"})
  void whatTheCameraSentComesBackFrameByFrame(String codec) throws Exception {
    Path clip = codec.equals("h264") ? TestClips.h264(dir, 40) : TestClips.h265(dir, 40);
    try (GstCamera camera = GstCamera.start(dir, clip, codec);
        ServerProcess server = ServerProcess.start(dir.resolve("data"), SETTINGS)) {
      Instant registered = Instant.now();
      server.register("gst", camera.uri());
      JsonNode status =
          server.awaitStatus("gst", s -> s.at("/recording/state").asText().equals("recording"));
      Instant firstPart = Instant.parse(status.at("/recording/lastPartAt").asText());
      assertThat(Duration.between(registered, firstPart)).isLessThan(Duration.ofSeconds(20));
      server.awaitStatus("gst", s -> s.at("/recording/segments").asInt() >= 3);

      Path video = server.video("gst", registered, Instant.now(), dir.resolve("video.mp4"));

      Frames kept = Frames.of(video);
      assertThat(kept.size()).isGreaterThan(5 * 25);
      kept.assertContinues(Frames.of(clip));
      assertThat(Playback.complaints(video)).isEmpty();
    }
  }

  @Test
  void aStillOfAMomentIsAPicture() throws Exception {
    Path clip = TestClips.h264(dir, 40);
    try (GstCamera camera = GstCamera.start(dir, clip, "h264");
        ServerProcess server = ServerProcess.start(dir.resolve("data"), SETTINGS)) {
      server.register("gst", camera.uri());
      server.awaitStatus("gst", s -> s.at("/recording/state").asText().equals("recording"));
      byte[] picture = server.bytes("/api/v1/cameras/gst/snapshot.jpg");
      var image = javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(picture));
      assertThat(image.getWidth()).isEqualTo(320);
      assertThat(image.getHeight()).isEqualTo(240);
    }
  }

  @Test
  void afterKillEveryWholePartIsThereAndPlays() throws Exception {
    Path clip = TestClips.h264(dir, 60);
    Path data = dir.resolve("data");
    try (GstCamera camera = GstCamera.start(dir, clip, "h264")) {
      Instant began = Instant.now();
      Instant killed;
      ServerProcess first = ServerProcess.start(data, SETTINGS);
      first.register("gst", camera.uri());
      first.awaitStatus("gst", s -> s.at("/recording/segments").asInt() >= 2);
      killed = Instant.now();
      first.kill();

      try (ServerProcess second = ServerProcess.start(data, SETTINGS)) {
        second.awaitStatus("gst", s -> s.at("/recording/state").asText().equals("recording"));
        JsonNode timeline = second.timeline("gst", began, killed.plusSeconds(1));
        Instant lastSaved = Instant.parse(timeline.at("/recorded/0/to").asText());
        assertThat(Duration.between(lastSaved, killed))
            .as("what the crash cost")
            .isLessThan(Duration.ofMillis(1_500)); // the part (500 ms), and a machine that is busy
        JsonNode gaps =
            second
                .await(
                    "/api/v1/cameras/gst/timeline?from=" + began + "&to=" + Instant.now(),
                    t -> !t.get("gaps").isEmpty())
                .get("gaps");
        assertThat(gaps.findValuesAsText("cause")).contains("server");
        Path video = second.video("gst", began, killed, dir.resolve("saved.mp4"));
        assertThat(Playback.complaints(video)).isEmpty();
        Frames.of(video).assertContinues(Frames.of(clip));
      }
    }
  }

  @Test
  void anExistingServerIsReadyQuickly() throws IOException {
    Path data = dir.resolve("data");
    ServerProcess.start(data, SETTINGS).close();
    try (ServerProcess again = ServerProcess.start(data, SETTINGS)) {
      // The figure (4 s) is measured by hand; here only that a start does not wait for something
      // that times out.
      assertThat(again.readyAfter()).isLessThan(Duration.ofSeconds(30));
      assertThat(Files.readString(data.resolve("server.log"))).doesNotContain(" ERROR ");
    }
  }
}
