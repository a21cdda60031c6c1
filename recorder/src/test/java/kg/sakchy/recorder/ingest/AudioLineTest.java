package kg.sakchy.recorder.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.recorder.time.RunClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AudioLineTest {
  private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");
  private static final int RATE = 16_000;
  private static final long UNIT_NANOS = 64_000_000;

  /** Video whose run began at {@link #START} with RTP time 0. */
  private static final class Video implements AudioLine.VideoLine {
    @Nullable SenderReport picture;
    @Nullable SenderReport sound;

    @Override
    public long runTicks(RunClock arrivals, long soundTicks, int soundRate) {
      return MediaTime.ticks(Duration.between(START, arrivals.utc(soundTicks)), soundRate);
    }

    @Override
    public long runTicks(long videoTicks, long microsAfter, int soundRate) {
      return MediaTime.rescale(videoTicks, 90_000, soundRate)
          + MediaTime.rescale(microsAfter, 1_000_000, soundRate);
    }

    @Override
    public @Nullable SenderReport videoReport() {
      return picture;
    }

    @Override
    public @Nullable SenderReport audioReport() {
      return sound;
    }
  }

  private final Video video = new Video();

  private static AccessUnit unit(long ticks, long nanos) {
    return new AccessUnit(1, ticks, ticks, true, new byte[1], START.plusNanos(nanos), nanos);
  }

  @Test
  void isPlacedByItsArrival() {
    AccessUnit first = unit(500_000, 200_000_000);
    AudioLine line = new AudioLine(RATE, first);
    assertThat(line.place(first, video)).isEqualTo(3_200);
    assertThat(line.place(unit(501_024, 264_000_000), video)).isEqualTo(4_224);
    assertThat(line.duration()).isEqualTo(1_024);
  }

  @Test
  void unitsThatJitterKeepTheirExactSpacing() {
    AccessUnit first = unit(0, 200_000_000);
    AudioLine line = new AudioLine(RATE, first);
    long before = line.place(first, video);
    for (int i = 1; i < 1_000; i++) {
      long late = i % 7 * 5_000_000L;
      long place = line.place(unit(i * 1_024L, 200_000_000 + i * UNIT_NANOS + late), video);
      assertThat(place - before).isEqualTo(1_024);
      before = place;
    }
  }

  @Test
  void isPlacedByReportsThatAgreeWithTheArrivals() {
    Instant camera = Instant.parse("1999-01-01T00:00:00Z");
    video.picture = new SenderReport(0, 0, camera, START, 0);
    video.sound = new SenderReport(1, 0, camera.plusMillis(100), START, 0);
    AccessUnit first = unit(0, 350_000_000);
    assertThat(new AudioLine(RATE, first).place(first, video)).isEqualTo(1_600);
    video.sound = new SenderReport(1, 0, camera.plusSeconds(3_600), START, 0);
    assertThat(new AudioLine(RATE, first).place(first, video)).isEqualTo(5_600);
  }

  @Test
  void aSlowDriftIsCorrectedSlowly() {
    AccessUnit first = unit(0, 0);
    AudioLine line = new AudioLine(RATE, first);
    line.place(first, video);
    long before = 0;
    long place = 0;
    for (int i = 1; i < 10_000; i++) { // the camera's sound clock is 0.05 % slow
      place = line.place(unit(i * 1_024L, i * (UNIT_NANOS + 32_000)), video);
      assertThat(place - before).isBetween(1_023L, 1_026L);
      before = place;
    }
    long wanted = 9_999L * (UNIT_NANOS + 32_000) / 1_000 * RATE / 1_000_000;
    assertThat(Math.abs(place - wanted)).isLessThan(RATE / 10);
  }

  @Test
  void aJumpIsFollowedAndNeverGoesBack() {
    AccessUnit first = unit(0, 0);
    AudioLine line = new AudioLine(RATE, first);
    line.place(first, video);
    assertThat(line.place(unit(1_024, UNIT_NANOS), video)).isEqualTo(1_024);
    assertThat(line.place(unit(900_000_000, 2 * UNIT_NANOS), video)).isLessThan(20_000);
    assertThat(line.place(unit(5, 3 * UNIT_NANOS), video)).isLessThan(20_000);
  }

  @Test
  void soundBeforeTheFirstPictureHasNoPlace() {
    AccessUnit first = unit(0, -500_000_000);
    AudioLine line = new AudioLine(RATE, first);
    assertThat(line.place(first, video)).isEqualTo(-1);
  }
}
