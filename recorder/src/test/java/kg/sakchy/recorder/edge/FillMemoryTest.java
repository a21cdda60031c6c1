package kg.sakchy.recorder.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.time.TimeRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FillMemoryTest {
  private static final Instant T0 = Instant.parse("2026-05-01T10:00:00Z");
  private static final StreamId GATE = StreamId.main(new CameraId("gate-1"));

  @TempDir Path directory;

  private FillMemory memory() {
    return new FillMemory(FillPolicy.DEFAULTS, new FillJournal(directory.resolve("journal")));
  }

  private static Gap gap(long from, long until) {
    TimeRange range = new TimeRange(T0.plusSeconds(from), T0.plusSeconds(until));
    return new Gap(GATE, Gap.Kind.MISSING, range, GapCause.NETWORK, "the link is cut");
  }

  @Test
  void countsOnForWhatIsLeftOfAGap() {
    FillMemory memory = memory();
    memory.nothingMore(gap(0, 60), gap(0, 20), T0, "no more");
    memory.nothingMore(gap(0, 20), gap(5, 20), T0, "no more");
    assertThat(memory.givenUp()).isZero();
    memory.nothingMore(gap(5, 20), gap(5, 20), T0, "no more");
    assertThat(memory.givenUp()).isEqualTo(1);
    assertThat(memory.isDue(gap(5, 20), T0.plus(Duration.ofDays(20)))).isFalse();
    assertThat(memory.isDue(gap(0, 60), T0)).isTrue(); // another gap
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, 1, PT1M",
    "UNAVAILABLE, 3, PT4M",
    "TIMEOUT, 40, PT1H",
    "UNAUTHENTICATED, 1, PT6H",
    "UNSUPPORTED, 1, PT24H"
  })
  void waitsAsLongAsTheFailureIsWorth(ErrorKind kind, int failures, Duration wait) {
    FillMemory memory = memory();
    for (int i = 0; i < failures; i++) {
      memory.failed(gap(0, 60), gap(0, 60), T0, new VmsException(kind, "why"));
    }
    assertThat(memory.isDue(gap(0, 60), T0.plus(wait).minusSeconds(1))).isFalse();
    assertThat(memory.isDue(gap(0, 60), T0.plus(wait))).isTrue();
  }

  @Test
  void outlivesARestartAndLinesThatMakeNoSense() throws IOException {
    FillMemory before = memory();
    before.nothingMore(gap(0, 60), gap(0, 60), T0, "a reason\twith\na line break");
    before.failed(gap(70, 80), gap(70, 80), T0, new VmsException(ErrorKind.TIMEOUT, "silent"));
    before.save(T0);
    Path file = directory.resolve("journal");
    String garbage =
        "gate-1\tmain\tyesterday\t\t1\t1\tnever\twhy\nGATE\t\t\n\t\t\t\t\t\t\t\n"
            + "gate-1\tmain\t2026-05-01T10:00:00Z\t2026-05-01T09:00:00Z\t1\t1"
            + "\t2026-05-01T10:00:00Z\tends before it begins\n";
    Files.writeString(file, garbage, StandardOpenOption.APPEND);
    FillMemory after = memory();
    assertThat(after.entries()).hasSize(2);
    assertThat(after.isDue(gap(70, 80), T0.plusSeconds(59))).isFalse();
    after.save(T0.plusSeconds(60)); // retention has passed the first
    assertThat(memory().entries())
        .extracting(entry -> entry.gap().range())
        .isEqualTo(List.of(gap(70, 80).range()));
  }
}
