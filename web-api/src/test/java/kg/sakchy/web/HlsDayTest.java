package kg.sakchy.web;

import static kg.sakchy.web.TestServer.GATE_MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.recording.KeyFrameIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.recording.TimeBasis;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.unit.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The playlist of a whole day, and what comes after it. */
class HlsDayTest {
  private static final int MINUTES = 1_440;
  private static final String MAIN = "/api/v1/cameras/gate/hls/main.m3u8";
  private final TestServer server = TestServer.start();
  private final Instant start = server.clock.now().minus(Duration.ofMinutes(MINUTES));
  private final Bytes init =
      RecordedRun.cut(GATE_MAIN, "run.mp4", start, 1, 12).segments().getFirst().init();

  @AfterEach
  void close() {
    server.close();
  }

  /** A minute with a key frame every two seconds; nobody reads its object. */
  private Segment minute(int minute) {
    KeyFrameIndex.Builder keys = new KeyFrameIndex.Builder();
    for (int i = 0; i < 30; i++) {
      keys.add(i * 180_000L, 1_000 + i * 1_000_000L);
    }
    Instant from = start.plus(Duration.ofMinutes(minute));
    return new Segment(
        GATE_MAIN,
        1,
        minute,
        new TimeRange(from, from.plusSeconds(60)),
        new TimeBasis(minute * 5_400_000L, from, null, Duration.ofMillis(1)),
        minute * 5_400_000L,
        init,
        "avc1.64001f",
        1_280,
        720,
        keys.build(),
        1_500,
        0,
        30_000_000,
        Bytes.EMPTY,
        Bytes.EMPTY,
        Segment.State.STORED);
  }

  @Test
  void aDayIsListedAndWhatComesNextCostsNoMoreThanItself() {
    for (int i = 0; i < MINUTES; i++) {
      server.archive.add(minute(i), new byte[0]);
    }
    String path = MAIN + "?from=" + start.plusSeconds(1);
    PlaylistRules day = PlaylistRules.check(TestServer.text(server.get(path)));
    assertThat(day.segments).hasSize(MINUTES * 15 - 1);
    server.clock.advance(Duration.ofMinutes(1));
    server.archive.add(minute(MINUTES), new byte[0]);
    String delta = TestServer.text(server.get(path + "&_HLS_skip=YES"));
    PlaylistRules update = PlaylistRules.check(delta);
    day.mayBecome(update);
    assertThat(update.nextNumber()).isEqualTo(day.nextNumber() + 15);
    assertThat(delta.length()).isLessThan(4_000);
    assertThat(server.archive.bytesRead()).isZero();
  }
}
