package kg.sakchy.gateway.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.time.MediaTime;
import org.jspecify.annotations.Nullable;

/**
 * Puts the connections of one replay together. A connection after the first begins again with a key
 * frame at or before the last unit delivered; what was delivered already is left out, and the rest
 * goes on in the same run, on the same line of RTP time. If the last unit does not come again, a
 * new run begins with the first key frame behind it.
 *
 * <p>Threads: confined to the replay's event loop.
 */
final class Splice {
  /** Times of the same unit, played twice, differ by less. */
  private static final Duration SAME = Duration.ofMillis(1);

  private final Delivery out;
  private final List<Line> lines = new ArrayList<>();
  private @Nullable StreamFormat delivered;
  private @Nullable StreamFormat current;
  private @Nullable Instant lastVideo;
  private boolean joining;

  /** Where one track is. */
  private static final class Line {
    long offset;
    long pts;
    long dts = Long.MIN_VALUE;
    Instant at = Instant.MIN;
    boolean placed = true;
  }

  Splice(Delivery out) {
    this.out = out;
  }

  /** Another connection begins. */
  void reconnected() {
    joining = lastVideo != null;
    lines.forEach(line -> line.placed = false);
  }

  /** When the unit was taken from which a further connection should go on; null before any. */
  @Nullable Instant resumeAt() {
    return lastVideo;
  }

  /** A run of a connection begins. */
  void format(StreamFormat format) {
    current = format;
    if (!joining) {
      beginRun(format);
    }
  }

  private void beginRun(StreamFormat format) {
    joining = false;
    delivered = format;
    lines.clear();
    format.tracks().forEach(track -> lines.add(new Line()));
    out.format(format);
  }

  /** A unit of the run, with the server's time of it. */
  void unit(AccessUnit unit, Instant at, boolean discontinuity) {
    StreamFormat format = current;
    if (format == null) {
      return;
    }
    boolean video = unit.track() == format.videoTrack();
    if (joining) {
      if (!video) {
        return;
      }
      if (joins(unit, at, format)) {
        return;
      }
      if (!unit.keyFrame() || !at.isAfter(lastVideo())) {
        return;
      }
      beginRun(format);
      deliver(unit, at, true);
      return;
    }
    deliver(unit, at, discontinuity);
  }

  private Instant lastVideo() {
    return lastVideo == null ? Instant.MIN : lastVideo;
  }

  /** Whether this is the last unit delivered, come again: the next one follows it. */
  private boolean joins(AccessUnit unit, Instant at, StreamFormat format) {
    if (!format.equals(delivered) || Duration.between(lastVideo(), at).abs().compareTo(SAME) > 0) {
      return false;
    }
    joining = false;
    Line line = lines.get(unit.track());
    line.offset = line.pts - unit.pts();
    line.placed = true;
    return true;
  }

  private void deliver(AccessUnit unit, Instant at, boolean discontinuity) {
    Line line = lines.get(unit.track());
    if (!line.placed) {
      if (!at.isAfter(line.at.plus(SAME))) {
        return; // sound that was delivered before the break
      }
      place(line, unit, at);
    }
    long dts = Math.max(unit.dts() + line.offset, line.dts + 1);
    long pts = Math.max(unit.pts() + line.offset, dts);
    line.pts = pts;
    line.dts = dts;
    line.at = at;
    if (delivered != null && unit.track() == delivered.videoTrack()) {
      lastVideo = at;
    }
    out.sample(
        new AccessUnit(
            unit.track(),
            pts,
            dts,
            unit.keyFrame(),
            unit.data(),
            unit.arrival(),
            unit.arrivalNanos()),
        at,
        discontinuity);
  }

  private void place(Line line, AccessUnit unit, Instant at) {
    StreamFormat format = delivered;
    line.placed = true;
    if (format != null && line.dts != Long.MIN_VALUE) {
      int rate = format.tracks().get(unit.track()).clockRate();
      line.offset = line.pts + MediaTime.ticks(Duration.between(line.at, at), rate) - unit.pts();
    }
  }
}
