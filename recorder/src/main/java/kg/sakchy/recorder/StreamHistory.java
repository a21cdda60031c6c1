package kg.sakchy.recorder;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.recording.GapLedger;
import kg.sakchy.core.recording.RecordingIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.recorder.spool.ChainLink;
import kg.sakchy.recorder.spool.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out how a stream's archive ended before this recording began: from the spool, else from the
 * index, and without the latter when the database is away.
 *
 * <p>Threads: confined to the housekeeping thread; blocks (disk, database).
 */
final class StreamHistory {
  private static final int MOST_GAPS = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(StreamHistory.class);

  private final Spool spool;
  private final RecordingIndex index;
  private final GapLedger ledger;
  private final VmsClock clock;
  private final Instant startedAt;
  private final boolean stoppedCleanly;

  /**
   * @param startedAt when this server began
   * @param stoppedCleanly whether the one before was stopped on purpose
   */
  StreamHistory(
      Spool spool,
      RecordingIndex index,
      GapLedger ledger,
      VmsClock clock,
      Instant startedAt,
      boolean stoppedCleanly) {
    this.spool = spool;
    this.index = index;
    this.ledger = ledger;
    this.clock = clock;
    this.startedAt = startedAt;
    this.stoppedCleanly = stoppedCleanly;
  }

  /**
   * What was before.
   *
   * @param coveredUntil end of what is recorded or explained
   * @param sha256 of the last segment, or empty
   * @param cause of the gap from there to the first frame, unless a better one comes
   * @param detail one sentence
   */
  record Before(Instant coveredUntil, Bytes sha256, GapCause cause, String detail) {}

  /**
   * @param since from when on the stream should be recorded
   */
  Before before(StreamId stream, Instant since) {
    ChainLink link = last(stream).orElse(new ChainLink(Instant.EPOCH, Bytes.EMPTY));
    boolean goesOn = link.end().isAfter(since) || since.isBefore(startedAt);
    Instant covered = link.end().isAfter(since) ? link.end() : since;
    covered = explainedUntil(stream, covered);
    if (!goesOn || !covered.isBefore(startedAt)) {
      return new Before(
          covered,
          link.sha256(),
          GapCause.OPERATOR,
          "the recording was switched on; the first key frame came later");
    }
    return stoppedCleanly
        ? new Before(covered, link.sha256(), GapCause.OPERATOR, "the server was stopped")
        : new Before(covered, link.sha256(), GapCause.SERVER, "the server ended unexpectedly");
  }

  private Optional<ChainLink> last(StreamId stream) {
    Optional<ChainLink> link = spool.chain(stream);
    if (link.isPresent()) {
      return link;
    }
    try {
      return index.last(stream).map(StreamHistory::link);
    } catch (VmsException e) {
      LOG.atWarn()
          .addKeyValue("stream", stream)
          .log("the chain of segments begins anew, the index is away: {}", e.toLogLine());
      return Optional.empty();
    }
  }

  private static ChainLink link(Segment segment) {
    return new ChainLink(segment.range().end(), segment.sha256());
  }

  /** Skips gaps that were noted before the end, so that they keep their cause. */
  private Instant explainedUntil(StreamId stream, Instant covered) {
    Instant now = clock.now();
    Instant until = covered;
    if (!covered.isBefore(now)) {
      return covered;
    }
    try {
      List<Gap> known = ledger.find(stream, new TimeRange(covered, now), MOST_GAPS);
      for (Gap gap : known) {
        boolean joins = !gap.range().start().isAfter(until);
        if (gap.kind() == Gap.Kind.MISSING && joins && gap.range().end().isAfter(until)) {
          until = gap.range().end();
        }
      }
    } catch (VmsException e) {
      LOG.atWarn().addKeyValue("stream", stream).log("the gap ledger is away: {}", e.toLogLine());
    }
    return until;
  }
}
