package kg.sakchy.media.rtp;

import static kg.sakchy.media.rtp.SequenceTracker.Verdict.NEXT;
import static kg.sakchy.media.rtp.SequenceTracker.Verdict.OLD;
import static kg.sakchy.media.rtp.SequenceTracker.Verdict.RESTART;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceTrackerTest {
  private static final int SSRC = 0xfeed_f00d;

  private final SequenceTracker tracker = new SequenceTracker();

  @Test
  void countsOverTheWrap() {
    for (int i = 0; i < 200_000; i++) {
      assertThat(tracker.accept(SSRC, (65_000 + i) & 0xffff)).isEqualTo(NEXT);
      assertThat(tracker.lostBefore()).isZero();
    }
    assertThat(tracker.highest()).isEqualTo(65_000 + 199_999);
    assertThat(tracker.received()).isEqualTo(200_000);
    assertThat(tracker.lost()).isZero();
  }

  @Test
  void countsLostPacketsEvenAtTheWrap() {
    tracker.accept(SSRC, 65_534);
    assertThat(tracker.accept(SSRC, 2)).isEqualTo(NEXT);
    assertThat(tracker.lostBefore()).isEqualTo(3);
    assertThat(tracker.accept(SSRC, 3)).isEqualTo(NEXT);
    assertThat(tracker.lostBefore()).isZero();
    assertThat(tracker.lost()).isEqualTo(3);
  }

  @Test
  void duplicatesAndLatePacketsAreOld() {
    tracker.accept(SSRC, 100);
    tracker.accept(SSRC, 103);
    assertThat(tracker.accept(SSRC, 103)).isEqualTo(OLD);
    assertThat(tracker.accept(SSRC, 101)).isEqualTo(OLD);
    assertThat(tracker.duplicates()).isEqualTo(2);
    assertThat(tracker.highest()).isEqualTo(103);
  }

  @Test
  void aFarStepOrAnotherSourceIsARestart() {
    tracker.accept(SSRC, 100);
    assertThat(tracker.accept(SSRC, 100 + SequenceTracker.MAX_DROPOUT - 1)).isEqualTo(NEXT);
    assertThat(tracker.accept(SSRC, 100)).isEqualTo(RESTART);
    assertThat(tracker.accept(SSRC, 101)).isEqualTo(NEXT);
    assertThat(tracker.accept(SSRC + 1, 102)).isEqualTo(RESTART);
    assertThat(tracker.accept(SSRC + 1, 30_000)).isEqualTo(RESTART);
    assertThat(tracker.restarts()).isEqualTo(3);
    assertThat(tracker.lostBefore()).isZero();
    assertThat(tracker.ssrc()).isEqualTo(SSRC + 1);
  }

  @Test
  void theUnwrappedNumberAlwaysRises() {
    tracker.accept(SSRC, 60_000);
    long before = tracker.highest();
    tracker.accept(SSRC, 10);
    tracker.accept(SSRC + 1, 5);
    assertThat(tracker.highest()).isGreaterThan(before);
    assertThat(tracker.highest() & 0xffff).isEqualTo(5);
  }
}
