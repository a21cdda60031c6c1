package kg.sakchy.recorder.gap;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapLedger;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.recorder.metrics.RecorderMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes gaps at any time and brings them to the ledger. While the database is away they wait here
 * and in a journal file, which the next start reads.
 *
 * <p>Threads: {@link #put} and {@link #pending} from any; {@link #flush} from the housekeeping
 * thread.
 */
public final class GapBook implements GapSink {
  /** More gaps than this are not kept; the reconciler finds the rest when the database is back. */
  private static final int MOST_PENDING = 50_000;

  private static final Logger LOG = LoggerFactory.getLogger(GapBook.class);

  private final GapLedger ledger;
  private final GapJournal journal;
  private final RecorderMetrics metrics;
  private final Runnable wake;
  private final Map<Key, Gap> pending = new LinkedHashMap<>();
  private boolean journalHolds;

  /**
   * @param journal file that need not exist
   * @param wake asks for a {@link #flush} soon; must not block
   */
  public GapBook(GapLedger ledger, Path journal, RecorderMetrics metrics, Runnable wake) {
    this.ledger = ledger;
    this.journal = new GapJournal(journal);
    this.metrics = metrics;
    this.wake = wake;
    for (Gap gap : this.journal.read()) {
      pending.put(Key.of(gap), gap);
    }
    journalHolds = !pending.isEmpty();
    metrics.gauge("gaps.pending", "gaps", "gaps that wait for the database", this::size);
  }

  @Override
  public void put(Gap gap) {
    synchronized (pending) {
      if (pending.size() >= MOST_PENDING && !pending.containsKey(Key.of(gap))) {
        return;
      }
      pending.put(Key.of(gap), gap);
    }
    metrics.gapPut(gap.cause());
    wake.run();
  }

  /**
   * Writes what waits. Returns whether the ledger took everything; if not, the rest is in the
   * journal.
   */
  public boolean flush() {
    for (Gap gap : snapshot()) {
      try {
        ledger.put(gap);
      } catch (VmsException e) {
        LOG.atWarn()
            .addKeyValue("pending", size())
            .log("the gap ledger is away, gaps wait in the spool: {}", e.toLogLine());
        journal.write(snapshot());
        journalHolds = true;
        return false;
      }
      synchronized (pending) {
        pending.remove(Key.of(gap), gap);
      }
    }
    if (journalHolds) {
      journal.write(List.of());
      journalHolds = false;
    }
    return true;
  }

  /** Gaps of a stream that overlap {@code range} and are not in the ledger yet. */
  public List<Gap> pending(StreamId stream, TimeRange range) {
    List<Gap> found = new ArrayList<>();
    for (Gap gap : snapshot()) {
      if (gap.stream().equals(stream) && gap.range().overlaps(range)) {
        found.add(gap);
      }
    }
    return found;
  }

  private int size() {
    synchronized (pending) {
      return pending.size();
    }
  }

  private List<Gap> snapshot() {
    synchronized (pending) {
      return List.copyOf(pending.values());
    }
  }

  private record Key(StreamId stream, Gap.Kind kind, Instant start) {
    static Key of(Gap gap) {
      return new Key(gap.stream(), gap.kind(), gap.range().start());
    }
  }
}
