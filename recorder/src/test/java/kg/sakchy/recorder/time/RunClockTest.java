package kg.sakchy.recorder.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunClockTest {
  private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");
  private static final long FRAME = 3_600;
  private static final long FRAME_NANOS = 40_000_000;

  private static RunClock settled() {
    RunClock clock = new RunClock(90_000, 0, START, 0);
    clock.settle();
    return clock;
  }

  private static void observe(RunClock clock, long frame, long nanos) {
    clock.observe(frame * FRAME, START.plusNanos(nanos), nanos);
  }

  @Test
  void isAnchorPlusTicks() {
    RunClock clock = settled();
    assertThat(clock.utc(0)).isEqualTo(START);
    assertThat(clock.utc(90_000)).isEqualTo(START.plusSeconds(1));
    assertThat(clock.utc(1)).isEqualTo(START.plusNanos(11_000));
  }

  @Test
  void delaysThatVaryDoNotMoveTheLine() {
    RunClock clock = settled();
    Random random = new Random(1);
    for (int i = 1; i < 3_000; i++) {
      long jitter = i % 5 == 0 ? 0 : random.nextInt(80_000_000);
      observe(clock, i, i * FRAME_NANOS + jitter);
    }
    assertThat(Duration.between(START.plusSeconds(120), clock.utc(120 * 90_000)).abs())
        .isLessThan(Duration.ofMillis(1));
    assertThat(clock.uncertainty()).isLessThan(Duration.ofMillis(3));
    assertThat(clock.strayed()).isFalse();
  }

  @Test
  void neverMovesFasterThanItMay() {
    RunClock clock = settled();
    Instant before = clock.utc(0);
    long beforeNanos = 0;
    for (int i = 1; i < 2_000; i++) {
      long nanos = i * FRAME_NANOS + (i > 1_000 ? 300_000_000 : 0);
      observe(clock, i, nanos);
      Instant now = clock.utc(0);
      long moved = Duration.between(before, now).abs().toNanos();
      assertThat(moved)
          .isLessThanOrEqualTo((nanos - beforeNanos) * RunClock.MAX_SLEW_PPM / 1_000_000 + 1_000);
      before = now;
      beforeNanos = nanos;
    }
    assertThat(Duration.between(START, before)).isGreaterThan(Duration.ofMillis(10));
  }

  @Test
  void aBurstAtTheBeginningIsAbsorbed() {
    RunClock clock = new RunClock(90_000, 0, START, 0);
    for (int i = 0; i < 12; i++) {
      observe(clock, i, 0); // half a second of video, all at once
    }
    clock.settle();
    assertThat(clock.utc(0)).isEqualTo(START.minusMillis(440));
  }

  @Test
  void noticesAStepOfTheWallClockAndKeepsItsOwnLine() {
    RunClock clock = settled();
    for (int i = 1; i < 100; i++) {
      observe(clock, i, i * FRAME_NANOS);
    }
    assertThat(clock.stepped()).isFalse();
    for (int i = 100; i < 200; i++) {
      long nanos = i * FRAME_NANOS;
      clock.observe(i * FRAME, START.plusNanos(nanos).minusSeconds(3600), nanos);
    }
    assertThat(clock.stepped()).isTrue();
    assertThat(clock.strayed()).isFalse();
    assertThat(clock.utc(200 * FRAME)).isEqualTo(START.plusSeconds(8));
  }

  @Test
  void followsASmallCorrectionOfTheWallClock() {
    RunClock clock = settled();
    for (int i = 1; i < 25 * 3_600; i++) {
      long nanos = i * FRAME_NANOS;
      clock.observe(i * FRAME, START.plusNanos(nanos).plusMillis(500), nanos);
    }
    assertThat(clock.stepped()).isFalse();
    assertThat(clock.utc(0)).isEqualTo(START.plusMillis(500));
  }

  @Test
  void noticesTicksThatRunSlow() {
    RunClock clock = settled();
    int frame = 1;
    while (!clock.strayed()) {
      observe(clock, frame, frame * 1_000_000_000L / 21);
      frame++;
      assertThat(frame).isLessThan(21 * 30);
    }
    assertThat(frame).isGreaterThan(21 * 5);
  }

  @Test
  void aFrameBeforeItsTimeIsAJump() {
    RunClock clock = settled();
    for (int i = 1; i < 100; i++) {
      observe(clock, i, i * FRAME_NANOS);
    }
    long nanos = 100 * FRAME_NANOS;
    Instant arrival = START.plusNanos(nanos);
    assertThat(clock.early(100 * FRAME, arrival, nanos)).isFalse();
    assertThat(clock.early(110 * FRAME, arrival, nanos)).isFalse();
    assertThat(clock.early(200 * FRAME, arrival, nanos)).isTrue();
  }
}
