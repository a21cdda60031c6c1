package kg.sakchy.gateway.webrtc.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrackTimelineTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long FRAME = SECOND / 25;

  private final TrackTimeline line = new TrackTimeline(90_000, 5_000);

  @Test
  void liveUnitsKeepTheCamerasDifferences() {
    assertThat(line.live(700, 0)).isEqualTo(5_000);
    assertThat(line.live(4_300, FRAME + 123)).as("late or early does not matter").isEqualTo(8_600);
    assertThat(line.live(4_200, FRAME + 456)).as("decoding order").isEqualTo(8_500);
  }

  @Test
  void theGroupBeforeTheViewerCameTakesNoTime() {
    for (int i = 0; i < 50; i++) {
      assertThat(line.catchUp(10)).isEqualTo(5_000 + 90L * i);
    }
    long last = 5_000 + 90 * 49;
    assertThat(line.live(1_000_000, 10 + FRAME)).isEqualTo(last + 3_600);
    assertThat(line.live(1_003_600, 10 + 2 * FRAME)).isEqualTo(last + 7_200);
  }

  @Test
  void aNewRunContinuesTheLineByTheTimeThatPassed() {
    line.live(1_000_000, 0);
    line.newRun();
    assertThat(line.isAnchored()).isFalse();
    assertThat(line.live(17, 5 * SECOND)).isEqualTo(5_000 + 5 * 90_000);
    assertThat(line.live(3_617, 5 * SECOND + FRAME)).isEqualTo(5_000 + 5 * 90_000 + 3_600);
  }

  @Test
  void aCameraTimeCanBeToldInStamps() {
    line.live(1_000, 0);
    assertThat(line.at(1_000, SECOND)).isEqualTo(95_000);
  }
}
