package kg.sakchy.recorder.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import org.junit.jupiter.api.Test;

class RotationTest {
  private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");

  private static Duration first(Rotation rotation, Instant start) {
    Instant now = start;
    while (!rotation.due(start, now)) {
      now = now.plusSeconds(1);
    }
    return Duration.between(start, now);
  }

  @Test
  void segmentsAreAsLongAsWantedOnceInPace() {
    Rotation rotation = new Rotation(StreamId.main(new CameraId("gate-1")), Duration.ofMinutes(1));
    Instant start = START.plus(first(rotation, START));
    start = start.plus(first(rotation, start));
    for (int i = 0; i < 5; i++) {
      Duration length = first(rotation, start);
      assertThat(length).isBetween(Duration.ofSeconds(59), Duration.ofSeconds(61));
      start = start.plus(length);
    }
  }

  @Test
  void noSegmentIsShorterThanHalf() {
    for (int camera = 0; camera < 50; camera++) {
      Rotation rotation =
          new Rotation(StreamId.main(new CameraId("gate-" + camera)), Duration.ofMinutes(1));
      assertThat(first(rotation, START)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(91));
    }
  }

  @Test
  void camerasThatBeganTogetherEndApart() {
    int[] perTenSeconds = new int[6];
    for (int camera = 0; camera < 600; camera++) {
      Rotation rotation =
          new Rotation(StreamId.main(new CameraId("cam-" + camera)), Duration.ofMinutes(1));
      Instant start = START.plus(first(rotation, START));
      Instant end = start.plus(first(rotation, start));
      perTenSeconds[(int) (end.getEpochSecond() % 60 / 10)]++;
    }
    for (int count : perTenSeconds) {
      assertThat(count).isBetween(50, 160);
    }
  }
}
