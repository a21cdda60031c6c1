package kg.sakchy.recorder.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kg.sakchy.core.SampleSegments;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.recording.TimeBasis;
import org.junit.jupiter.api.Test;

class ClockMatchTest {
  private static final StreamId GATE = StreamId.main(new CameraId("gate-1"));
  private static final Instant BEGIN = Instant.parse("2026-05-01T10:00:00Z");
  private static final Instant END = BEGIN.plusSeconds(60);

  /** A minute whose sender report says that the camera's clock is off by so much. */
  private static Segment minute(Instant start, Duration off) {
    Segment plain = SampleSegments.segment(GATE, start, 60, 1, 0);
    TimeBasis time =
        new TimeBasis(0, start, start.plus(off), Duration.ofMillis(5), TimeBasis.Origin.LIVE);
    return new Segment(
        plain.stream(),
        plain.run(),
        plain.sequence(),
        plain.range(),
        time,
        plain.decodeTicks(),
        plain.init(),
        plain.codecs(),
        plain.width(),
        plain.height(),
        plain.keyFrames(),
        plain.frames(),
        plain.packetsLost(),
        plain.sizeBytes(),
        plain.sha256(),
        plain.previousSha256(),
        plain.state());
  }

  private static ClockMatch match(Duration told, List<Segment> before, List<Segment> behind) {
    return ClockMatch.of(told, before, behind, BEGIN, END);
  }

  @Test
  void withoutReportsItIsAsToldAndUnsure() {
    Segment silent = SampleSegments.segment(GATE, BEGIN.minusSeconds(60), 60, 1, 0);
    assertThat(match(Duration.ofHours(1), List.of(silent), List.of()))
        .isEqualTo(new ClockMatch(Duration.ofHours(1), ClockMatch.COARSE));
  }

  @Test
  void reportsOfTheNearestSegmentsAreTakenWhereTheyAgree() {
    List<Segment> before =
        List.of(
            minute(BEGIN.minusSeconds(120), Duration.ofMillis(3_900)),
            minute(BEGIN.minusSeconds(60), Duration.ofMillis(3_200)));
    List<Segment> behind = List.of(minute(END, Duration.ofMillis(3_300)));
    assertThat(match(Duration.ofSeconds(3), before, behind).offset())
        .isEqualTo(Duration.ofMillis(3_250));
    assertThat(match(Duration.ofSeconds(3), before, List.of()).offset())
        .isEqualTo(Duration.ofMillis(3_200));
    assertThat(match(Duration.ofSeconds(3), List.of(), behind).offset())
        .isEqualTo(Duration.ofMillis(3_300));
  }

  @Test
  void reportsThatContradictWhatIsToldAreNotBelieved() {
    List<Segment> before = List.of(minute(BEGIN.minusSeconds(60), Duration.ofHours(-7)));
    assertThat(match(Duration.ofSeconds(1), before, List.of()).offset())
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aClockThatWasSetMeanwhileIsUnsureByItsStep() {
    List<Segment> before = List.of(minute(BEGIN.minusSeconds(60), Duration.ofMillis(900)));
    List<Segment> behind = List.of(minute(END, Duration.ofMillis(-100)));
    ClockMatch match = match(Duration.ofMillis(500), before, behind);
    assertThat(match.offset()).isEqualTo(Duration.ofMillis(900));
    assertThat(match.uncertainty()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }
}
