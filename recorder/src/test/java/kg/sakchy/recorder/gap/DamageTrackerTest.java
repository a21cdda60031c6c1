package kg.sakchy.recorder.gap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Gap;
import org.junit.jupiter.api.Test;

class DamageTrackerTest {
  private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");

  private final List<Gap> gaps = new ArrayList<>();
  private final DamageTracker tracker =
      new DamageTracker(StreamId.main(new CameraId("gate-1")), gaps::add);

  @Test
  void reachesToTheNextKeyFrame() {
    tracker.loss(START.plusSeconds(1), 1, "1 RTP packet lost");
    for (int i = 2; i < 20; i++) {
      tracker.keyFrame(START.plusSeconds(i));
    }
    assertThat(gaps).hasSize(1);
    assertThat(gaps.getFirst().kind()).isEqualTo(Gap.Kind.DAMAGED);
    assertThat(gaps.getFirst().range().start()).isEqualTo(START.plusSeconds(1));
    assertThat(gaps.getFirst().range().end()).isEqualTo(START.plusSeconds(2));
    assertThat(gaps.getFirst().detail()).isEqualTo("1 RTP packet lost");
  }

  @Test
  void aBadLineWritesFewRows() {
    for (int second = 0; second < 600; second++) {
      tracker.keyFrame(START.plusSeconds(second));
      for (int i = 0; i < 10; i++) {
        tracker.loss(START.plusMillis(second * 1000L + i * 90L), 1, "lost");
      }
    }
    tracker.close(START.plusSeconds(600));
    assertThat(gaps).hasSizeBetween(5, 15);
    for (int i = 1; i < gaps.size(); i++) {
      assertThat(gaps.get(i).range().start()).isAfterOrEqualTo(gaps.get(i - 1).range().end());
    }
  }

  @Test
  void noLossNoRow() {
    tracker.keyFrame(START);
    tracker.close(START);
    assertThat(gaps).isEmpty();
  }
}
