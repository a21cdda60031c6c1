package kg.sakchy.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.edge.EdgeSpan;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.gateway.camera.GatewayExtension;
import kg.sakchy.gateway.camera.TestScene;
import kg.sakchy.sim.EdgeRecording;
import kg.sakchy.sim.SimCamera;
import kg.sakchy.sim.SimOptions;
import kg.sakchy.sim.SimServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Replays what a simulated camera recorded in itself: 25 pictures a second, and sound. */
class SimulatedReplayTest {
  @RegisterExtension final GatewayExtension it = new GatewayExtension(GatewayExtension.PATIENT);
  private final SimServer server = SimServer.start(SimOptions.DEFAULTS);
  private final SimCamera camera = server.addCamera("cam", new TestScene());

  @AfterEach
  void stop() {
    server.close();
  }

  private static long recordedMillis(EdgeRecording recording) {
    List<EdgeRecording.Span> spans = recording.spans();
    return spans.isEmpty()
        ? 0
        : Duration.between(spans.getLast().start(), spans.getLast().end()).toMillis();
  }

  private ReplayRecorder replay(TimeRange range) {
    ReplayRecorder into = new ReplayRecorder();
    StreamSource source = new StreamSource(camera.replayUri(), null, Transport.TCP);
    it.gateway()
        .replay()
        .start(new EdgeSpan(GatewayExtension.ID, range, source, Duration.ZERO), range, into);
    return into;
  }

  @Test
  void everyPictureComesWithTheTimeItWasTaken() throws Exception {
    EdgeRecording recording = camera.recordOnEdge(Duration.ofMinutes(5));
    it.eventually(() -> recordedMillis(recording) >= 3_000);
    Instant start = recording.spans().getLast().start();
    ReplayRecorder got = replay(new TimeRange(start, start.plusMillis(2_000)));

    assertThat(got.outcome()).isEmpty();
    List<ReplayRecorder.Sample> video =
        got.samples().stream().filter(sample -> sample.unit().track() == 0).toList();
    assertThat(video.size()).isBetween(50, 61); // what is shown before the end, to a key frame
    assertThat(Duration.between(start, video.getFirst().at()).abs())
        .isLessThan(Duration.ofMillis(1));
    for (int i = 1; i < video.size(); i++) {
      Duration step = Duration.between(video.get(i - 1).at(), video.get(i).at());
      assertThat(step.minusMillis(40).abs()).isLessThan(Duration.ofMillis(1));
      assertThat(video.get(i).unit().dts() - video.get(i - 1).unit().dts()).isEqualTo(3_600);
    }
    assertThat(got.samples().stream().map(ReplayRecorder.Sample::unit).map(AccessUnit::track))
        .contains(1);
  }

  @Test
  void aHoleInTheRecordingIsLeftOut() throws Exception {
    EdgeRecording recording = camera.recordOnEdge(Duration.ofMinutes(5));
    it.eventually(() -> recordedMillis(recording) >= 1_000);
    recording.pause();
    Instant hole = recording.spans().getLast().end();
    it.eventually(() -> Instant.now().isAfter(hole.plusMillis(600)));
    recording.resume();
    it.eventually(() -> recording.spans().size() == 2 && recordedMillis(recording) >= 1_500);
    Instant start = recording.spans().getFirst().start();
    Instant end = recording.spans().getLast().start().plusMillis(1_000);
    ReplayRecorder got = replay(new TimeRange(start, end));

    assertThat(got.outcome()).isEmpty();
    List<ReplayRecorder.Sample> behind =
        got.samples().stream()
            .filter(sample -> sample.unit().track() == 0 && sample.at().isAfter(hole.plusMillis(1)))
            .toList();
    assertThat(behind.getFirst().unit().keyFrame()).isTrue();
    assertThat(behind.getFirst().at()).isAfter(hole.plusMillis(500));
  }
}
