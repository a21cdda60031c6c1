package kg.sakchy.recorder.gap;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import kg.sakchy.core.FailingGapLedger;
import kg.sakchy.core.FaultSwitch;
import kg.sakchy.core.InMemoryGapLedger;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.recorder.metrics.RecorderMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GapBookTest {
  private static final StreamId STREAM = StreamId.main(new CameraId("gate-1"));
  private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");

  @TempDir Path directory;

  private final InMemoryGapLedger ledger = new InMemoryGapLedger();
  private final FaultSwitch faults = new FaultSwitch();

  private GapBook book() {
    return new GapBook(
        new FailingGapLedger(ledger, faults),
        directory.resolve("gaps.journal"),
        new RecorderMetrics(new SimpleMeterRegistry()),
        () -> {});
  }

  private static Gap gap(int from, int until, String detail) {
    return new Gap(
        STREAM,
        Gap.Kind.MISSING,
        new TimeRange(START.plusSeconds(from), START.plusSeconds(until)),
        GapCause.NETWORK,
        detail);
  }

  @Test
  void theLedgerGetsTheLatestOfEachGap() {
    GapBook book = book();
    book.put(gap(0, 10, "a"));
    book.put(gap(0, 20, "a"));
    book.put(gap(30, 40, "b"));
    assertThat(book.flush()).isTrue();
    assertThat(ledger.all()).containsExactly(gap(0, 20, "a"), gap(30, 40, "b"));
    assertThat(directory.resolve("gaps.journal")).doesNotExist();
  }

  @Test
  void waitsInTheJournalThroughARestart() {
    faults.fail(ErrorKind.UNAVAILABLE);
    GapBook book = book();
    book.put(gap(0, 10, "tab\tand\nline"));
    assertThat(book.flush()).isFalse();
    assertThat(book.pending(STREAM, new TimeRange(START, START.plusSeconds(1)))).hasSize(1);
    GapBook next = book();
    faults.mend();
    assertThat(next.flush()).isTrue();
    assertThat(ledger.all()).containsExactly(gap(0, 10, "tab and line"));
    assertThat(directory.resolve("gaps.journal")).doesNotExist();
  }

  @Test
  void linesThatMakeNoSenseAreSkipped() throws Exception {
    faults.fail(ErrorKind.UNAVAILABLE);
    GapBook book = book();
    book.put(gap(0, 10, "good"));
    book.flush();
    Path journal = directory.resolve("gaps.journal");
    String good = Files.readString(journal);
    Files.writeString(
        journal,
        "nonsense\n\n"
            + good.replace("2026", "20x6")
            + good.replace("gate-1", "../gate")
            + good.replace("NETWORK", "MAGIC")
            + good
            + good.substring(0, good.length() / 2));
    faults.mend();
    assertThat(book().flush()).isTrue();
    assertThat(ledger.all()).containsExactly(gap(0, 10, "good"));
  }
}
