package kg.sakchy.media.hls;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.recording.KeyFrameIndex;
import kg.sakchy.core.recording.Segment;
import org.jspecify.annotations.Nullable;

/**
 * Cuts rows of the index into Media Segments, by {@link SegmentRule}, without a look into an
 * object. A Media Segment may begin in one object and end in the next of the same run.
 *
 * <p>Threads: confined to one thread; used once.
 */
public final class ArchiveCutter {
  /** How far before the wanted moment rows must be read, so that the first cut is the right one. */
  public static final Duration LEAD = Duration.ofMinutes(2);

  /** A row that ended this long ago has no successor any more. */
  private static final Duration SETTLED = Duration.ofSeconds(15);

  private final List<HlsSegment> cut = new ArrayList<>();
  private final @Nullable HlsSegment after;
  private @Nullable Open open;
  private @Nullable Segment previous;

  /** A Media Segment whose end is not known yet. */
  private record Open(long run, long startTicks, long startMicros, long lastKey) {
    Open withKey(long ticks) {
      return new Open(run, startTicks, startMicros, ticks);
    }
  }

  private ArchiveCutter(@Nullable HlsSegment after) {
    this.after = after;
  }

  /**
   * Cuts rows.
   *
   * @param rows of one stream, by start; begin {@link #LEAD} before what is wanted
   * @param after only what follows this segment is cut; null for all
   * @param now what ended shortly before may still go on, and is left for later
   */
  public static List<HlsSegment> cut(List<Segment> rows, @Nullable HlsSegment after, Instant now) {
    ArchiveCutter cutter = new ArchiveCutter(after);
    rows.forEach(cutter::add);
    cutter.finish(now);
    return cutter.cut;
  }

  /**
   * Cuts rows up to a key frame of a run, which begins a segment and need not be in a row yet.
   *
   * @param rows of one stream, by start
   * @param ticks decode time of the key frame
   */
  public static List<HlsSegment> before(List<Segment> rows, long run, long ticks) {
    ArchiveCutter cutter = new ArchiveCutter(null);
    rows.forEach(cutter::add);
    cutter.cut.removeIf(segment -> segment.run() == run && segment.endTicks() > ticks);
    HlsSegment last = cutter.cut.isEmpty() ? null : cutter.cut.getLast();
    Open open = cutter.open;
    boolean missing = last == null || last.run() != run || last.endTicks() < ticks;
    if (open != null && open.run() == run && open.startTicks() < ticks && missing) {
      cutter.emit(open, ticks);
    }
    return cutter.cut;
  }

  private void add(Segment row) {
    int keys = wholeKeys(row);
    if (keys == 0 || isPast(row)) {
      return;
    }
    Segment before = previous;
    boolean goesOn =
        before != null && before.run() == row.run() && before.sequence() + 1 == row.sequence();
    if (!goesOn) {
      close();
    }
    previous = row;
    for (int key = 0; key < keys; key++) {
      addKey(row, key);
    }
  }

  /** Rows of an earlier run than the one to go on with, or behind which the line already is. */
  private boolean isPast(Segment row) {
    HlsSegment last = after;
    return last != null
        && row.run() != last.run()
        && HlsSegment.micros(row.range().start()) < last.startMicros();
  }

  private void addKey(Segment row, int key) {
    long ticks = row.decodeTicks() + row.keyFrames().ticks(key);
    HlsSegment last = after;
    if (last != null && row.run() == last.run() && ticks < last.endTicks()) {
      return;
    }
    Open now = open;
    if (now != null && !SegmentRule.begins(now.lastKey(), ticks)) {
      open = now.withKey(ticks);
      return;
    }
    if (now != null) {
      emit(now, ticks);
    }
    long micros = HlsSegment.micros(row.instantOf(row.keyFrames().ticks(key)));
    open = new Open(row.run(), ticks, micros, ticks);
  }

  private void close() {
    Segment row = previous;
    Open now = open;
    if (now != null && row != null) {
      long byClock = row.decodeTicks() + row.ticksOf(row.range().end());
      emit(now, Math.max(byClock, now.lastKey() + 1));
    }
    open = null;
  }

  private void finish(Instant now) {
    Segment last = previous;
    if (last != null
        && last.state() != Segment.State.WRITING
        && last.range().end().plus(SETTLED).isBefore(now)) {
      close();
    }
  }

  private void emit(Open ended, long endTicks) {
    cut.add(new HlsSegment(ended.run(), ended.startTicks(), endTicks, ended.startMicros()));
  }

  /** Key frames whose parts are whole. */
  private static int wholeKeys(Segment row) {
    KeyFrameIndex keys = row.keyFrames();
    int count = keys.size();
    while (count > 0 && keys.offset(count - 1) >= row.sizeBytes()) {
      count--;
    }
    return count;
  }
}
