package kg.sakchy.web.hls;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.media.hls.SegmentRule;
import kg.sakchy.media.mp4.Fragment;
import kg.sakchy.media.mp4.FragmentWriter;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the units of one run into parts and segments. A part ends before the picture that would make
 * it longer than the target and where a segment begins, which {@link SegmentRule} says. A run that
 * was going on when its first unit came waits for the next beginning of a segment.
 *
 * <p>Times: decode times on the run's line, 90 kHz. Threads: confined to the ring's thread.
 */
final class LiveRun {
  private static final long USUAL_INTERVAL = Segment.TIMESCALE / 25;
  private static final long LONGEST_INTERVAL = 10L * Segment.TIMESCALE;

  private final RunPlace place;
  private final StreamFormat format;
  private final long partTarget;
  private final Sink sink;
  private final FragmentWriter writer;
  private final List<@Nullable SoundPlace> sound = new ArrayList<>();
  private boolean inSegment;
  private boolean independent;
  private int pictures;
  private long partStart;
  private long lastKey;
  private long last = Long.MIN_VALUE;
  private long lastArrivalNanos;
  private long interval = USUAL_INTERVAL;

  /** Takes what is cut. */
  interface Sink {
    /** A segment begins. */
    void begins(long ticks);

    /** A part of the segment is whole; {@code independent} when it holds a key frame. */
    void part(Fragment media, long ticks, boolean independent);

    /** The segment is whole. */
    void ends(long ticks);
  }

  LiveRun(RunPlace place, StreamFormat format, long partTarget, Sink sink) {
    this.place = place;
    this.format = format;
    this.partTarget = partTarget;
    this.sink = sink;
    this.lastKey = place.previousKey();
    this.writer = new FragmentWriter(place.carried());
    format.tracks().forEach(track -> sound.add(null));
  }

  RunPlace place() {
    return place;
  }

  /** Whether a segment has begun. */
  boolean inSegment() {
    return inSegment;
  }

  /** Whether the unit would begin a segment. */
  boolean begins(AccessUnit unit) {
    if (unit.track() != format.videoTrack() || !unit.keyFrame()) {
      return false;
    }
    long ticks = unit.dts() + place.shiftTicks();
    return lastKey != RunPlace.UNKNOWN && SegmentRule.begins(lastKey, ticks);
  }

  /** Takes a unit. Returns false when time falls or jumps: the run is over before it. */
  boolean add(AccessUnit unit) {
    if (unit.track() == format.videoTrack()) {
      return addPicture(unit);
    }
    addSound(unit);
    return true;
  }

  private boolean addPicture(AccessUnit unit) {
    long ticks = unit.dts() + place.shiftTicks();
    if (last != Long.MIN_VALUE && (ticks <= last || ticks - last > LONGEST_INTERVAL)) {
      return false;
    }
    boolean begins = begins(unit);
    if (last != Long.MIN_VALUE) {
      interval = ticks - last;
    }
    if (pictures > 0 && (begins || ticks + interval - partStart > partTarget)) {
      endPart(ticks);
    }
    if (begins) {
      if (inSegment) {
        sink.ends(ticks);
      }
      sink.begins(ticks);
      inSegment = true;
    }
    if (unit.keyFrame()) {
      lastKey = ticks;
    }
    last = ticks;
    lastArrivalNanos = unit.arrivalNanos();
    if (inSegment) {
      if (pictures == 0) {
        partStart = ticks;
        independent = false;
      }
      independent |= unit.keyFrame();
      pictures++;
      long pts = ticks + (unit.pts() - unit.dts());
      writer.add(track(unit), pts, ticks, interval, unit.keyFrame(), unit.data());
    }
    return true;
  }

  private void addSound(AccessUnit unit) {
    int track = track(unit);
    if (track < 0 || pictures == 0) {
      return;
    }
    int clockRate = format.tracks().get(unit.track()).clockRate();
    SoundPlace line = sound.get(unit.track());
    if (line == null) {
      line = new SoundPlace(clockRate);
      sound.set(unit.track(), line);
    }
    Duration behind = Duration.ofNanos(unit.arrivalNanos() - lastArrivalNanos);
    long video =
        MediaTime.rescale(last, Segment.TIMESCALE, clockRate) + MediaTime.ticks(behind, clockRate);
    long ticks = line.place(unit, video);
    if (ticks >= 0) {
      writer.add(track, ticks, ticks, line.step(), true, unit.data());
    }
  }

  private int track(AccessUnit unit) {
    return unit.track() < place.tracks().size() ? place.tracks().get(unit.track()) : -1;
  }

  private void endPart(long end) {
    sink.part(writer.end(), end - partStart, independent);
    pictures = 0;
  }

  /** Nothing more comes: the last picture lasts as long as the one before. */
  void end() {
    long end = last + interval;
    if (pictures > 0) {
      endPart(end);
    }
    if (inSegment) {
      sink.ends(end);
      inSegment = false;
    }
  }
}
