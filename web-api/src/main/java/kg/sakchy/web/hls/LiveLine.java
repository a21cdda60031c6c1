package kg.sakchy.web.hls;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.hls.HlsPart;
import kg.sakchy.media.hls.HlsSegment;
import kg.sakchy.media.hls.LiveEdge;
import kg.sakchy.media.hls.MediaName;
import kg.sakchy.media.hls.SegmentLine;
import kg.sakchy.media.mp4.Fragment;
import org.jspecify.annotations.Nullable;

/**
 * The last half minute of a stream as parts and segments.
 *
 * <p>Memory: bounded by time and by {@link #MOST_BYTES}. Threads: confined to the ring's thread;
 * {@link #window} is for everybody.
 */
final class LiveLine implements LiveRun.Sink {
  private static final long KEPT_TICKS = 30L * Segment.TIMESCALE;
  private static final long NAMED_TICKS = 60L * Segment.TIMESCALE;
  static final long MOST_BYTES = 16L << 20;

  private final long id;
  private final long partTarget;
  private final SegmentLine line;
  private final Deque<Fragment> parts = new ArrayDeque<>();
  private final Map<HlsSegment, List<HlsPart>> whole = new LinkedHashMap<>();
  private final Map<Long, Bytes> inits = new HashMap<>();
  private List<HlsPart> begun = new ArrayList<>();
  private @Nullable RunPlace place;
  private boolean inSegment;
  private long begunTicks;
  private long firstPart;
  private long nextPart;
  private long bytes;
  private long changes;

  /**
   * @param id identifies the line in names of parts, and never comes again
   * @param firstNumber Media Sequence Number of its first segment
   * @param partTarget no part is longer, 90 kHz
   */
  LiveLine(long id, long firstNumber, long partTarget) {
    this.id = id;
    this.partTarget = partTarget;
    this.line = new SegmentLine(firstNumber);
  }

  /** A run begins, or goes on with a better known time. */
  void place(RunPlace next) {
    place = next;
    inits.put(next.run(), next.init());
  }

  /** Segments of the archive that come before what follows; those known already are left out. */
  void recorded(List<HlsSegment> segments) {
    HlsSegment last = line.last().orElse(null);
    for (HlsSegment segment : segments) {
      if (last == null || segment.startMicros() >= last.endMicros() - 500_000) {
        line.add(segment);
        last = segment;
      }
    }
    forget();
  }

  @Override
  public void begins(long ticks) {
    begunTicks = ticks;
    inSegment = true;
    begun = new ArrayList<>();
  }

  @Override
  public void part(Fragment media, long ticks, boolean independent) {
    begun.add(new HlsPart(new MediaName.Part(id, nextPart), ticks, independent));
    nextPart++;
    parts.add(media);
    bytes += media.sizeBytes();
    forget();
  }

  @Override
  public void ends(long ticks) {
    RunPlace now = place;
    if (now != null && inSegment && ticks > begunTicks) {
      HlsSegment segment = new HlsSegment(now.run(), begunTicks, ticks, now.micros(begunTicks));
      line.add(segment);
      whole.put(segment, begun);
    }
    begun = new ArrayList<>();
    inSegment = false;
    forget();
  }

  /** Lets go of what is too old or too much; never of the segment that is not whole yet. */
  private void forget() {
    changes++;
    while (whole.size() > 1 && (bytes > MOST_BYTES || ticksInMemory() > KEPT_TICKS)) {
      HlsSegment oldest = whole.keySet().iterator().next();
      List<HlsPart> gone = whole.remove(oldest);
      for (int i = 0; gone != null && i < gone.size(); i++) {
        bytes -= parts.remove().sizeBytes();
        firstPart++;
      }
    }
    while (line.size() > 1 && line.ticks() > (isArchived() ? NAMED_TICKS : KEPT_TICKS)) {
      line.removeFirst();
    }
  }

  private long ticksInMemory() {
    return whole.keySet().stream().mapToLong(HlsSegment::ticks).sum();
  }

  private boolean isArchived() {
    return place != null && place.archived();
  }

  /** Rises with every change. */
  long changes() {
    return changes;
  }

  /** The line as it is now. */
  LiveWindow window() {
    RunPlace now = place;
    LiveEdge.Begun open =
        now == null || !inSegment
            ? null
            : new LiveEdge.Begun(now.run(), begunTicks, now.micros(begunTicks), begun);
    LiveEdge edge =
        new LiveEdge(partTarget, Map.copyOf(whole), open, new MediaName.Part(id, nextPart));
    return new LiveWindow(
        line.snapshot(), edge, isArchived(), firstPart, List.copyOf(parts), inits);
  }
}
