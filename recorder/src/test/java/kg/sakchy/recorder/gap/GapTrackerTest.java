package kg.sakchy.recorder.gap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapCause;
import org.junit.jupiter.api.Test;

class GapTrackerTest {
  private static final StreamId STREAM = StreamId.main(new CameraId("gate-1"));
  private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");

  private final List<Gap> gaps = new ArrayList<>();
  private final GapTracker tracker =
      new GapTracker(STREAM, gaps::add, START, GapCause.SERVER, "crashed");

  private static Instant at(double seconds) {
    return START.plusMillis((long) (seconds * 1000));
  }

  @Test
  void theFirstPartEndsTheGapBefore() {
    tracker.written(at(7), at(7.5));
    assertThat(gaps).hasSize(1);
    assertThat(gaps.getFirst().range().start()).isEqualTo(START);
    assertThat(gaps.getFirst().range().end()).isEqualTo(at(7));
    assertThat(gaps.getFirst().cause()).isEqualTo(GapCause.SERVER);
  }

  @Test
  void partsThatFollowEachOtherLeaveNothing() {
    for (int i = 0; i < 100; i++) {
      tracker.written(at(i * 0.5), at(i * 0.5 + 0.46));
    }
    tracker.grow(at(51));
    assertThat(gaps).isEmpty();
  }

  @Test
  void theLastWordAboutAGapCounts() {
    tracker.written(at(0), at(1));
    tracker.lost(GapCause.CAMERA, "silent");
    tracker.lost(GapCause.NETWORK, "no route");
    tracker.grow(at(60));
    tracker.grow(at(120));
    tracker.written(at(130), at(131));
    assertThat(gaps).hasSize(3).allMatch(gap -> gap.range().start().equals(at(1)));
    assertThat(gaps.getLast().range().end()).isEqualTo(at(130));
    assertThat(gaps.getLast().detail()).isEqualTo("no route");
  }

  @Test
  void aShortPauseIsTheCamerasPaceAndALongOneItsFault() {
    tracker.written(at(0), at(1));
    tracker.written(at(2.9), at(3));
    assertThat(gaps).isEmpty();
    tracker.written(at(9), at(10));
    assertThat(gaps).extracting(Gap::cause).containsExactly(GapCause.CAMERA);
    assertThat(gaps.getFirst().range().duration()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void endsWithTheRecording() {
    tracker.lost(GapCause.CAMERA, "silent");
    tracker.close(at(30));
    tracker.grow(at(90));
    assertThat(gaps).hasSize(1);
    assertThat(gaps.getFirst().range().end()).isEqualTo(at(30));
  }
}
