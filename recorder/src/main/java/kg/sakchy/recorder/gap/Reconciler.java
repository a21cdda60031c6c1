package kg.sakchy.recorder.gap;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.recording.GapLedger;
import kg.sakchy.core.recording.RecordingIndex;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.recorder.spool.Spool;

/**
 * Compares the plan with what is really stored, and notes what nobody explains (invariant 4).
 *
 * <p>Looks back a day the first time it sees a stream, an hour afterwards; what retention may have
 * removed is not missed. Threads: confined to the housekeeping thread; blocks (database).
 */
public final class Reconciler {
  /** Younger than this may still be on its way. */
  public static final Duration SETTLED = Duration.ofMinutes(2);

  private static final Duration FIRST_LOOK = Duration.ofDays(1);
  private static final Duration LATER_LOOK = Duration.ofHours(1);
  private static final int MOST_GAPS = 10_000;

  private final RecordingIndex index;
  private final Spool spool;
  private final GapLedger ledger;
  private final GapBook book;
  private final Function<StreamId, Instant> keptSince;
  private final Map<StreamId, Instant> lookedUntil = new HashMap<>();

  /**
   * @param keptSince before this, retention may have removed segments of the stream
   */
  public Reconciler(
      RecordingIndex index,
      Spool spool,
      GapLedger ledger,
      GapBook book,
      Function<StreamId, Instant> keptSince) {
    this.index = index;
    this.spool = spool;
    this.ledger = ledger;
    this.book = book;
    this.keptSince = keptSince;
  }

  /**
   * Checks one stream.
   *
   * @param since from when on it should be recorded
   * @return stretches nobody had explained
   * @throws kg.sakchy.core.error.VmsException when the database is away; nothing is noted then
   */
  public int check(StreamId stream, Instant since, Instant now) {
    Instant until = now.minus(SETTLED);
    Instant from = now.minus(lookedUntil.containsKey(stream) ? LATER_LOOK : FIRST_LOOK);
    for (Instant bound : List.of(since, keptSince.apply(stream))) {
      from = bound.isAfter(from) ? bound : from;
    }
    if (!from.isBefore(until)) {
      return 0;
    }
    TimeRange plan = new TimeRange(from, until);
    List<TimeRange> missing = Coverage.missing(plan, explained(stream, plan), GapTracker.TOLERANCE);
    for (TimeRange range : missing) {
      book.put(
          new Gap(
              stream,
              Gap.Kind.MISSING,
              range,
              GapCause.UNKNOWN,
              "nothing is stored, and nobody knows why"));
    }
    lookedUntil.put(stream, until);
    return missing.size();
  }

  /** Spool before index: a segment is in the spool until it is in the index. */
  private List<TimeRange> explained(StreamId stream, TimeRange plan) {
    List<TimeRange> explained = new ArrayList<>();
    spool.find(stream, plan).forEach(segment -> explained.add(segment.range()));
    book.pending(stream, plan).forEach(gap -> add(gap, explained));
    explained.addAll(index.coverage(stream, plan, 0));
    ledger.find(stream, plan, MOST_GAPS).forEach(gap -> add(gap, explained));
    return explained;
  }

  private static void add(Gap gap, List<TimeRange> explained) {
    if (gap.kind() == Gap.Kind.MISSING) {
      explained.add(gap.range());
    }
  }
}
