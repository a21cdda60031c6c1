package kg.sakchy.recorder.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.RecordingIndex;
import kg.sakchy.core.recording.RecordingIndex.Expired;
import kg.sakchy.core.recording.RecordingIndex.Totals;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.storage.ObjectStore;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.recorder.metrics.RecorderMetrics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes segments by age, and the oldest ones when the store runs full. Two phases: a row is
 * marked and nobody finds it any more; its object is deleted; then the row goes. Only objects of
 * marked rows are ever deleted, so what the index does not know stays.
 *
 * <p>A fuse: a pass that would remove more than half of everything at once (a wrong clock, a wrong
 * setting, a disk filled by others) removes nothing and says so, until {@link #allowOnce}.
 *
 * <p>Threads: {@link #run} confined to the housekeeping thread, blocks; the rest from any.
 */
public final class Retention {
  /** With fewer segments than this the fuse does not look: about a morning of one camera. */
  static final long FEW_SEGMENTS = 500;

  /** A pass marks at most this many segments of one stream, and again in the next pass. */
  private static final int BATCH = 500;

  private static final double UNUSUAL_SHARE = 0.5;

  /** The watermark spares what is younger. */
  private static final Duration YOUNG = Duration.ofMinutes(10);

  private static final Instant BEGINNING = Instant.EPOCH;
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final RecordingIndex index;
  private final ObjectStore store;
  private final int defaultDays;
  private final int maxUsedPercent;
  private final RecorderMetrics metrics;
  private volatile Instant removedUntil = Instant.EPOCH;
  private volatile @Nullable String alarm;
  private volatile boolean allowed;
  private long freedUnseenBytes;
  private long lastUsableBytes = -1;

  /**
   * @param defaultDays for streams without a rule of their own
   * @param maxUsedPercent share of the store's space above which the oldest segments go
   */
  public Retention(
      RecordingIndex index,
      ObjectStore store,
      int defaultDays,
      int maxUsedPercent,
      RecorderMetrics metrics) {
    this.index = index;
    this.store = store;
    this.defaultDays = defaultDays;
    this.maxUsedPercent = maxUsedPercent;
    this.metrics = metrics;
    metrics.gauge(
        "retention.fuse",
        "alarms",
        "1 while a clean-up is refused because it would remove too much",
        () -> alarm == null ? 0 : 1);
  }

  /** What the fuse has to say, in words. */
  public Optional<String> alarm() {
    return Optional.ofNullable(alarm);
  }

  /** The next pass may remove as much as it wants. */
  public void allowOnce() {
    allowed = true;
  }

  /** Up to here the watermark may have removed segments of any stream. */
  public Instant removedUntil() {
    return removedUntil;
  }

  /**
   * One pass. The streams of cameras that no longer exist age out by the longest rule there is.
   *
   * @param rules of the known streams
   * @throws VmsException when the database or the store is away; the next pass goes on
   */
  public void run(Collection<KeepRule> rules, Instant now) {
    deleteMarked();
    long need = bytesOverWatermark();
    String refusal = allowed ? null : refusal(rules, need, now);
    alarm = refusal;
    if (refusal != null) {
      LOG.error("retention stops: {}", refusal);
      return;
    }
    allowed = false;
    int longest = defaultDays;
    for (KeepRule rule : rules) {
      longest = Math.max(longest, rule.days());
      index.markExpired(rule.stream(), cutoff(now, rule.days()), BATCH);
    }
    index.markExpired(null, cutoff(now, longest), BATCH);
    markOldest(need, now);
    deleteMarked();
  }

  private static Instant cutoff(Instant now, int days) {
    return now.minus(Duration.ofDays(days));
  }

  private @Nullable String refusal(Collection<KeepRule> rules, long need, Instant now) {
    Totals totals = index.totals();
    if (totals.segments() <= FEW_SEGMENTS) {
      return null;
    }
    if (need > totals.sizeBytes() * UNUSUAL_SHARE) {
      return "to free %d MiB, more than half of all recordings would go".formatted(need >> 20);
    }
    double expired = 0;
    double all = 0;
    for (KeepRule rule : rules) {
      Optional<TimeRange> kept = extent(rule.stream());
      if (kept.isPresent()) {
        Duration length = kept.get().duration();
        Duration old = Duration.between(kept.get().start(), cutoff(now, rule.days()));
        all += length.toMillis();
        expired += Math.clamp(old.toMillis(), 0, length.toMillis());
      }
    }
    return expired > all * UNUSUAL_SHARE
        ? "by their age, about %d %% of all recordings would go"
            .formatted(Math.round(100 * expired / all))
        : null;
  }

  /** From the first to the last segment of a stream: tells how much is there without counting. */
  private Optional<TimeRange> extent(StreamId stream) {
    Optional<Segment> last = index.last(stream);
    if (last.isEmpty()) {
      return Optional.empty();
    }
    Instant end = last.get().range().end();
    List<Segment> first = index.find(stream, new TimeRange(BEGINNING, end), 1);
    return first.isEmpty()
        ? Optional.empty()
        : Optional.of(new TimeRange(first.getFirst().range().start(), end));
  }

  /** How much must go; what earlier passes freed counts until the store's own figure shows it. */
  private long bytesOverWatermark() {
    Optional<ObjectStore.Capacity> capacity = store.capacity();
    if (capacity.isEmpty()) {
      return 0;
    }
    long usable = capacity.get().usableBytes();
    if (lastUsableBytes >= 0 && usable > lastUsableBytes) {
      freedUnseenBytes = Math.max(0, freedUnseenBytes - (usable - lastUsableBytes));
    }
    lastUsableBytes = usable;
    long total = capacity.get().totalBytes();
    long used = total - usable - freedUnseenBytes;
    return Math.max(0, used - total / 100 * maxUsedPercent);
  }

  private void markOldest(long need, Instant now) {
    Totals totals = index.totals();
    if (need <= 0 || totals.segments() == 0) {
      return;
    }
    long average = Math.max(1, totals.sizeBytes() / totals.segments());
    long marked = 0;
    while (marked < need) {
      int batch = Math.clamp((need - marked + average - 1) / average, 1, BATCH);
      List<Expired> expired = index.markExpired(null, now.minus(YOUNG), batch);
      if (expired.isEmpty()) {
        LOG.warn("the object store is too full, and there is nothing old to remove");
        return;
      }
      for (Expired row : expired) {
        marked += row.sizeBytes();
        Instant after = row.start().plus(YOUNG);
        removedUntil = after.isAfter(removedUntil) ? after : removedUntil;
      }
    }
  }

  /** Second phase, also of a pass that was interrupted. */
  private void deleteMarked() {
    for (List<Expired> marked = index.marked(BATCH);
        !marked.isEmpty();
        marked = index.marked(BATCH)) {
      Set<ObjectKey> left = store.delete(marked.stream().map(Expired::key).toList());
      List<Expired> gone = marked.stream().filter(row -> !left.contains(row.key())).toList();
      index.remove(gone);
      long bytes = gone.stream().mapToLong(Expired::sizeBytes).sum();
      freedUnseenBytes += bytes;
      metrics.segmentsExpired.increment(gone.size());
      metrics.bytesFreed.increment((double) bytes);
      if (!left.isEmpty()) {
        LOG.warn("{} objects could not be deleted; the next pass tries again", left.size());
        return;
      }
    }
  }
}
