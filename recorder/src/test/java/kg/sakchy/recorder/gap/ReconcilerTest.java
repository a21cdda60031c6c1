package kg.sakchy.recorder.gap;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.InMemoryGapLedger;
import kg.sakchy.core.InMemoryRecordingIndex;
import kg.sakchy.core.SampleSegments;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.recorder.metrics.RecorderMetrics;
import kg.sakchy.recorder.spool.Spool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconcilerTest {
  private static final StreamId STREAM = StreamId.main(new CameraId("gate-1"));
  private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");

  @TempDir Path directory;

  private final InMemoryRecordingIndex index = new InMemoryRecordingIndex();
  private final InMemoryGapLedger ledger = new InMemoryGapLedger();
  private GapBook book;
  private Instant keptSince = Instant.EPOCH;
  private Reconciler reconciler;

  @BeforeEach
  void build() {
    book =
        new GapBook(
            ledger,
            directory.resolve("gaps.journal"),
            new RecorderMetrics(new SimpleMeterRegistry()),
            () -> {});
    reconciler = new Reconciler(index, new Spool(directory), ledger, book, stream -> keptSince);
  }

  private static Instant minute(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }

  private void stored(int fromMinute, int untilMinute) {
    for (int i = fromMinute; i < untilMinute; i++) {
      index.add(SampleSegments.segment(STREAM, minute(i), 60, 7, i));
    }
  }

  private void explained(int fromMinute, int untilMinute, Gap.Kind kind) {
    ledger.put(
        new Gap(
            STREAM,
            kind,
            new TimeRange(minute(fromMinute), minute(untilMinute)),
            GapCause.NETWORK,
            "no route"));
  }

  @Test
  void whatIsStoredOrExplainedIsFine() {
    stored(0, 10);
    explained(10, 12, Gap.Kind.MISSING);
    stored(12, 20);
    assertThat(reconciler.check(STREAM, START, minute(22))).isZero();
  }

  @Test
  void whatNobodyExplainsIsWrittenDownOnce() {
    stored(0, 10);
    stored(13, 20);
    explained(10, 13, Gap.Kind.DAMAGED);
    assertThat(reconciler.check(STREAM, START, minute(22))).isEqualTo(1);
    book.flush();
    assertThat(reconciler.check(STREAM, START, minute(22))).isZero();
    Gap gap = ledger.all().getFirst();
    assertThat(gap.kind()).isEqualTo(Gap.Kind.MISSING);
    assertThat(gap.cause()).isEqualTo(GapCause.UNKNOWN);
    assertThat(gap.range()).isEqualTo(new TimeRange(minute(10), minute(13)));
  }

  @Test
  void nothingWasPromisedBeforeTheRecordingBegan() {
    stored(10, 20);
    assertThat(reconciler.check(STREAM, minute(10), minute(22))).isZero();
    assertThat(reconciler.check(STREAM, minute(21), minute(22))).isZero();
  }

  @Test
  void whatRetentionRemovedIsNotMissed() {
    stored(15, 20);
    keptSince = minute(15);
    assertThat(reconciler.check(STREAM, START, minute(22))).isZero();
  }

  @Test
  void gapsOnTheirWayToTheLedgerCount() {
    stored(0, 10);
    book.put(
        new Gap(
            STREAM,
            Gap.Kind.MISSING,
            new TimeRange(minute(10), minute(20)),
            GapCause.STORAGE,
            "full"));
    assertThat(reconciler.check(STREAM, START, minute(22))).isZero();
  }
}
