package kg.sakchy.recorder.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.recording.GapLedger;
import kg.sakchy.core.recording.RecordingIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.recorder.gap.Coverage;
import kg.sakchy.recorder.spool.Spool;

/**
 * The gaps that can be filled, against what is really stored: every answer is made anew from spool,
 * index and ledger, so that whatever happened in between, nothing is filled twice.
 *
 * <p>Threads: safe for use by many; every call blocks (database).
 */
final class ArchiveGaps {
  /** What is left of a gap and shorter than this is not worth a row. */
  static final Duration LEAST = Duration.ofSeconds(1);

  private static final int MOST_GAPS = 10_000;
  private static final int MOST_NEIGHBOURS = 100;

  private final Spool spool;
  private final RecordingIndex index;
  private final GapLedger ledger;

  ArchiveGaps(Spool spool, RecordingIndex index, GapLedger ledger) {
    this.spool = spool;
    this.index = index;
    this.ledger = ledger;
  }

  /**
   * Gaps of a stream that a camera's recording may fill and behind which something is recorded
   * again, by start.
   *
   * @param since before this, nothing is kept
   * @param until gaps that end later are left alone
   */
  List<Gap> candidates(StreamId stream, Instant since, Instant until) {
    if (!since.isBefore(until)) {
      return List.of();
    }
    List<Gap> found = new ArrayList<>();
    for (Gap gap : ledger.find(stream, new TimeRange(since, until), MOST_GAPS)) {
      if (gap.kind() == Gap.Kind.MISSING
          && isFillable(gap.cause())
          && !gap.range().start().isBefore(since)
          && !gap.range().end().isAfter(until)) {
        found.add(gap);
      }
    }
    return found;
  }

  private static boolean isFillable(GapCause cause) {
    return switch (cause) {
      case CAMERA, NETWORK, STORAGE, SERVER, UNKNOWN -> true;
      case OPERATOR, SCHEDULE -> false; // somebody wanted it so
      case CLOCK -> false; // these seconds never were
    };
  }

  /** Whether something is recorded behind a gap: it does not grow any more. */
  boolean isOver(Gap gap, Instant now) {
    Instant from = gap.range().end().minusMillis(1);
    return from.isBefore(now) && !recorded(gap.stream(), new TimeRange(from, now)).isEmpty();
  }

  /**
   * Makes the ledger say of a gap what is true: parts that are recorded are taken out of it.
   *
   * @return what is left, by start
   */
  List<Gap> settle(Gap gap) {
    List<TimeRange> missing =
        Coverage.missing(gap.range(), recorded(gap.stream(), gap.range()), LEAST);
    List<Gap> left =
        missing.stream()
            .map(range -> new Gap(gap.stream(), gap.kind(), range, gap.cause(), gap.detail()))
            .toList();
    if (left.equals(List.of(gap))) {
      return left;
    }
    return ledger.replace(gap, left) ? left : List.of(); // changed meanwhile: the next pass sees it
  }

  /** How much of a gap is not recorded. */
  Duration missing(Gap gap) {
    List<TimeRange> recorded = recorded(gap.stream(), gap.range());
    return Coverage.missing(gap.range(), recorded, Duration.ZERO).stream()
        .map(TimeRange::duration)
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Live segments that begin or end near a moment, by start. */
  List<Segment> liveNear(StreamId stream, Instant moment, Duration reach) {
    TimeRange near = new TimeRange(moment.minus(reach), moment.plus(reach));
    List<Segment> found = new ArrayList<>(spool.find(stream, near));
    found.addAll(index.find(stream, near, MOST_NEIGHBOURS));
    found.removeIf(segment -> segment.time().isFilled());
    return found;
  }

  /** Spool before index: a segment is in the spool until it is in the index. */
  private List<TimeRange> recorded(StreamId stream, TimeRange range) {
    List<TimeRange> recorded = new ArrayList<>();
    spool.find(stream, range).forEach(segment -> recorded.add(segment.range()));
    recorded.addAll(index.coverage(stream, range, 0));
    return recorded;
  }
}
