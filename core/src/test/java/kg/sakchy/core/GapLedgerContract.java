package kg.sakchy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.recording.GapLedger;
import kg.sakchy.core.time.TimeRange;
import org.junit.jupiter.api.Test;

/** What every {@link GapLedger} promises. A test class implements it and names its ledger. */
public interface GapLedgerContract {
  Instant T0 = Instant.parse("2026-11-22T23:30:00Z");
  StreamId GATE = StreamId.main(new CameraId("gate"));
  StreamId YARD = StreamId.main(new CameraId("yard"));

  /** The ledger under test, empty at the beginning of each test. */
  GapLedger ledger();

  @Test
  default void findsWhatOverlapsByStart() {
    Gap first = gap(GATE, Gap.Kind.MISSING, 0, 60, GapCause.NETWORK);
    Gap second = gap(GATE, Gap.Kind.DAMAGED, 100, 101, GapCause.NETWORK);
    Gap third = gap(GATE, Gap.Kind.MISSING, 3_600, 3_660, GapCause.STORAGE);
    ledger().put(third);
    ledger().put(first);
    ledger().put(second);
    ledger().put(gap(YARD, Gap.Kind.MISSING, 0, 10, GapCause.CAMERA));
    assertThat(ledger().find(GATE, range(0, 10_000), 10)).containsExactly(first, second, third);
    assertThat(ledger().find(GATE, range(59, 100), 10)).containsExactly(first);
    assertThat(ledger().find(GATE, range(60, 101), 10)).containsExactly(second);
    assertThat(ledger().find(GATE, range(0, 10_000), 2)).containsExactly(first, second);
    assertThat(ledger().find(GATE, range(-10, 0), 2)).isEmpty();
  }

  @Test
  default void findsAGapThatBeganLongBeforeTheRange() {
    Gap weeks = gap(GATE, Gap.Kind.MISSING, 0, 40 * 86_400, GapCause.CAMERA);
    Gap within = gap(GATE, Gap.Kind.DAMAGED, 39 * 86_400, 39 * 86_400 + 5, GapCause.NETWORK);
    ledger().put(weeks);
    ledger().put(within);
    assertThat(ledger().find(GATE, range(39 * 86_400, 39 * 86_400 + 1), 10))
        .containsExactly(weeks, within);
    assertThat(ledger().find(GATE, range(39 * 86_400, 39 * 86_400 + 1), 1)).containsExactly(weeks);
  }

  @Test
  default void puttingAgainReplaces() {
    ledger().put(gap(GATE, Gap.Kind.MISSING, 0, 60, GapCause.UNKNOWN));
    Gap grown = gap(GATE, Gap.Kind.MISSING, 0, 7_200, GapCause.SERVER);
    ledger().put(grown);
    assertThat(ledger().find(GATE, range(0, 10_000), 10)).containsExactly(grown);
    assertThat(ledger().find(GATE, range(7_100, 7_101), 10)).containsExactly(grown);
    Gap shrunk = gap(GATE, Gap.Kind.MISSING, 0, 5, GapCause.SERVER);
    ledger().put(shrunk);
    assertThat(ledger().find(GATE, range(5, 10_000), 10)).isEmpty();
    assertThat(ledger().find(GATE, range(0, 5), 10)).containsExactly(shrunk);
  }

  @Test
  default void replacesAGapByWhatIsLeftOfIt() {
    Gap whole = gap(GATE, Gap.Kind.MISSING, 0, 60, GapCause.NETWORK);
    Gap damaged = gap(GATE, Gap.Kind.DAMAGED, 0, 60, GapCause.NETWORK);
    ledger().put(whole);
    ledger().put(damaged);
    Gap head = gap(GATE, Gap.Kind.MISSING, 0, 2, GapCause.NETWORK);
    Gap tail = gap(GATE, Gap.Kind.MISSING, 55, 60, GapCause.NETWORK);
    assertThat(ledger().replace(whole, List.of(head, tail))).isTrue();
    assertThat(ledger().find(GATE, range(0, 60), 10))
        .containsExactlyInAnyOrder(head, damaged, tail);
    assertThat(ledger().replace(tail, List.of())).isTrue();
    assertThat(ledger().find(GATE, range(10, 60), 10)).containsExactly(damaged);
  }

  @Test
  default void doesNotReplaceAGapThatHasChanged() {
    Gap known = gap(GATE, Gap.Kind.MISSING, 0, 60, GapCause.NETWORK);
    Gap grown = gap(GATE, Gap.Kind.MISSING, 0, 90, GapCause.NETWORK);
    ledger().put(known);
    ledger().put(grown);
    assertThat(ledger().replace(known, List.of())).isFalse();
    assertThat(ledger().replace(gap(YARD, Gap.Kind.MISSING, 0, 90, GapCause.NETWORK), List.of()))
        .isFalse();
    assertThat(ledger().find(GATE, range(0, 90), 10)).containsExactly(grown);
  }

  @Test
  default void bothKindsMayBeginAtTheSameMoment() {
    ledger().put(gap(GATE, Gap.Kind.MISSING, 0, 60, GapCause.CAMERA));
    ledger().put(gap(GATE, Gap.Kind.DAMAGED, 0, 60, GapCause.NETWORK));
    assertThat(ledger().find(GATE, range(0, 60), 10)).hasSize(2);
  }

  @Test
  default void keepsEveryCause() {
    long start = 0;
    for (GapCause cause : GapCause.values()) {
      Gap gap = gap(GATE, Gap.Kind.MISSING, start, start + 50, cause);
      ledger().put(gap);
      assertThat(ledger().find(GATE, gap.range(), 10)).containsExactly(gap);
      start += 100;
    }
  }

  private static Gap gap(StreamId stream, Gap.Kind kind, long from, long to, GapCause cause) {
    return new Gap(
        stream, kind, range(from, to), cause, "the \"reason\" in words: " + cause.code());
  }

  private static TimeRange range(long fromSeconds, long toSeconds) {
    return new TimeRange(T0.plusSeconds(fromSeconds), T0.plusSeconds(toSeconds));
  }
}
