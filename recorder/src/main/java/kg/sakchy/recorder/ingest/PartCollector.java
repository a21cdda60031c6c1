package kg.sakchy.recorder.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.PacketLoss;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.MediaTime;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of units into parts. A part begins with a video unit and ends before the video unit
 * that would make it longer than the limit, before a key frame, and where time does not rise; so it
 * is known whole when the next unit arrives. Where every unit is a key frame (JPEG), key frames
 * share a part.
 *
 * <p>Threads: confined to the stream's event loop.
 */
final class PartCollector {
  /** A part is closed early beyond these: a guard against time stamps that stand still. */
  private static final long LARGEST_BYTES = 8L << 20;

  private static final int MOST_UNITS = 2_000;

  private final Duration limit;
  private @Nullable StreamFormat format;
  private int videoTrack;
  private long limitTicks;
  private int epoch;
  private List<AccessUnit> units = new ArrayList<>();
  private int videoUnits;
  private long firstDts;
  private long lastDts;
  private boolean lastKeyFrame;
  private long bytes;
  private RawPart.@Nullable Loss loss;
  private @Nullable SenderReport videoReport;
  private @Nullable SenderReport audioReport;

  PartCollector(Duration limit) {
    this.limit = limit;
  }

  /** A new time line begins; what was collected must have been taken by {@link #flush}. */
  void format(StreamFormat next) {
    format = next;
    videoTrack = next.videoTrack();
    limitTicks = MediaTime.ticks(limit, next.video().clockRate());
    videoReport = null;
    audioReport = null;
    epoch++;
  }

  /** Takes a unit. Returns the part that ends before it, if one does. */
  @Nullable RawPart add(AccessUnit unit) {
    if (unit.track() != videoTrack) {
      if (isSound(unit) && !units.isEmpty() && !isLarge()) {
        keep(unit);
      }
      return null;
    }
    boolean rises = unit.dts() > lastDts;
    RawPart part =
        !units.isEmpty() && ends(unit, rises) ? take(rises ? unit.dts() : RawPart.UNKNOWN) : null;
    if (units.isEmpty()) {
      firstDts = unit.dts();
    }
    keep(unit);
    videoUnits++;
    lastDts = unit.dts();
    lastKeyFrame = unit.keyFrame();
    return part;
  }

  private boolean isSound(AccessUnit unit) {
    return format != null
        && unit.track() >= 0
        && unit.track() < format.tracks().size()
        && format.tracks().get(unit.track()) instanceof TrackFormat.Audio;
  }

  private boolean ends(AccessUnit next, boolean rises) {
    long end = next.dts() + (next.dts() - lastDts); // if it lasts as long as the one before
    return !rises || (next.keyFrame() && !lastKeyFrame) || end - firstDts > limitTicks || isLarge();
  }

  private boolean isLarge() {
    return bytes >= LARGEST_BYTES || units.size() >= MOST_UNITS;
  }

  private void keep(AccessUnit unit) {
    units.add(unit);
    bytes += unit.data().length;
  }

  /** What was collected, or null when there is nothing. */
  @Nullable RawPart flush() {
    return units.isEmpty() ? null : take(RawPart.UNKNOWN);
  }

  void loss(PacketLoss lost) {
    long video = lost.track() == videoTrack ? lost.packets() : 0;
    RawPart.Loss next = new RawPart.Loss(videoUnits, video, lost.packets(), lost.reason());
    loss = loss == null ? next : loss.and(next);
  }

  void report(SenderReport report) {
    if (report.track() == videoTrack) {
      videoReport = report;
    } else {
      audioReport = report;
    }
  }

  private @Nullable RawPart take(long nextDts) {
    StreamFormat current = format;
    List<AccessUnit> taken = units;
    units = new ArrayList<>(taken.size() + 4);
    RawPart part =
        current == null
            ? null
            : new RawPart(
                epoch,
                current,
                videoTrack,
                List.copyOf(taken),
                nextDts,
                bytes,
                loss,
                videoReport,
                audioReport);
    videoUnits = 0;
    bytes = 0;
    loss = null;
    return part;
  }
}
