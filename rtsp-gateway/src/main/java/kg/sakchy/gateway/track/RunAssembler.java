package kg.sakchy.gateway.track;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.PacketLoss;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tracks of one connection one stream of runs.
 *
 * <p>A run begins with a key frame of the video and holds the tracks that are really sent: with the
 * first key frame it waits a moment ({@link #SOUND_WAIT}) for sound that was promised and not heard
 * yet, so that not every recording begins with a short run without sound. Sound that appears later,
 * another format, and times that leave their line (a restart of the source, a jump) end the run at
 * the next key frame; the units of a track that cannot go on until then are dropped and announced
 * as lost.
 *
 * <p>Threads: confined to the stream's event loop.
 */
public final class RunAssembler {
  /** Longest wait for the first packet of sound, at the start only. */
  static final Duration SOUND_WAIT = Duration.ofMillis(500);

  /** Most units that wait for sound; 500 ms of 60 fps and sound, with room. */
  private static final int MAX_HELD = 128;

  private final List<RunTrack> tracks = new ArrayList<>();
  private final ArrivalStamp stamp;
  private final RunOutput out;
  private final List<AccessUnit> held = new ArrayList<>();
  private final List<PacketLoss> heldLosses = new ArrayList<>();
  private boolean holding;
  private long heldSince;
  private boolean running;
  private boolean restart;
  private long lastVideoNanos;

  public RunAssembler(ArrivalStamp stamp, RunOutput out) {
    this.stamp = stamp;
    this.out = out;
    lastVideoNanos = stamp.nanos();
  }

  /**
   * Adds a track; before any of its samples.
   *
   * @param format if it is known before the first sample, else null
   * @return the track's number for the other methods
   */
  public int add(Codec codec, @Nullable TrackFormat format) {
    RunTrack track = new RunTrack(codec);
    track.format = format;
    tracks.add(track);
    return tracks.size() - 1;
  }

  /** A track's next sample needs this format, or begins a new line of time. */
  public void format(int number, TrackFormat format) {
    RunTrack track = tracks.get(number);
    if (format.equals(track.format) && track.isFresh()) {
      return;
    }
    if (holding && track.format != null) {
      beginRun();
    }
    track.format = format;
    if (running) {
      restart = true;
      track.broken = true;
    } else if (holding && !awaitsSound()) {
      beginRun();
    }
  }

  /** The track's source restarted or its time jumped: it goes on in a new run. */
  public void breakTrack(int number) {
    if (holding) {
      beginRun();
    }
    RunTrack track = tracks.get(number);
    track.report = null;
    if (running && track.index != RunTrack.ABSENT) {
      restart = true;
      track.broken = true;
    }
  }

  /** A sample; see {@link AccessUnit}. */
  public void sample(int number, long pts, long dts, boolean keyFrame, byte[] data) {
    RunTrack track = tracks.get(number);
    if (track.kind() == Codec.Kind.VIDEO && keyFrame && !holding && (!running || restart)) {
      prepareRun();
    }
    if (holding) {
      held.add(new AccessUnit(number, pts, dts, keyFrame, data, stamp.utc(), stamp.nanos()));
      if (held.size() >= MAX_HELD || !awaitsSound()) {
        beginRun();
      }
    } else if (running) {
      deliver(
          new AccessUnit(track.index, pts, dts, keyFrame, data, stamp.utc(), stamp.nanos()), track);
    }
  }

  /** Media of a track is missing here. */
  public void lost(int number, long packets, String reason) {
    PacketLoss loss = new PacketLoss(number, packets, reason, stamp.utc());
    if (holding) {
      heldLosses.add(loss);
    } else if (running) {
      deliver(loss);
    }
  }

  /** The camera's word on a track's time; the report's track is its number here. */
  public void senderReport(SenderReport report) {
    RunTrack track = tracks.get(report.track());
    track.report = report;
    if (running) {
      deliverReport(track);
    }
  }

  /** Ends the wait for sound when it is over. */
  public void tick(long nowNanos) {
    if (holding && nowNanos - heldSince >= SOUND_WAIT.toNanos()) {
      beginRun();
    }
  }

  /** Hands on what waits; at the end of a connection. */
  public void finish() {
    if (holding) {
      beginRun();
    }
  }

  /** Arrival of the last video unit that was delivered; before the first, when this was made. */
  public long lastVideoNanos() {
    return lastVideoNanos;
  }

  private boolean awaitsSound() {
    for (RunTrack track : tracks) {
      if (track.kind() == Codec.Kind.AUDIO && track.format == null && !track.givenUp) {
        return true;
      }
    }
    return false;
  }

  private void prepareRun() {
    if (awaitsSound()) {
      holding = true;
      heldSince = stamp.nanos();
    } else {
      beginRun();
    }
  }

  private void beginRun() {
    boolean wasRunning = running;
    List<TrackFormat> formats = new ArrayList<>(tracks.size());
    for (RunTrack track : tracks) {
      if (wasRunning && track.index != RunTrack.ABSENT && track.dropped > 0) {
        announceDropped(track);
      }
      TrackFormat format = track.format;
      track.join(format == null ? RunTrack.ABSENT : formats.size());
      if (format != null) {
        formats.add(format);
      } else if (track.kind() == Codec.Kind.AUDIO && !track.givenUp) {
        track.givenUp = true;
        out.silent(track.codec);
      }
    }
    running = true;
    restart = false;
    holding = false;
    out.format(new StreamFormat(formats));
    tracks.forEach(this::deliverReport);
    releaseHeld();
  }

  private void announceDropped(RunTrack track) {
    String units = track.dropped == 1 ? "1 unit" : track.dropped + " units";
    out.loss(
        new PacketLoss(
            track.index,
            track.dropped,
            units + " dropped between a break in the camera's time and the next key frame",
            stamp.utc()));
  }

  private void releaseHeld() {
    List<AccessUnit> units = List.copyOf(held);
    List<PacketLoss> losses = List.copyOf(heldLosses);
    held.clear();
    heldLosses.clear();
    for (int i = 0; i < units.size(); i++) {
      AccessUnit unit = units.get(i);
      RunTrack track = tracks.get(unit.track());
      deliver(
          new AccessUnit(
              track.index,
              unit.pts(),
              unit.dts(),
              unit.keyFrame(),
              unit.data(),
              unit.arrival(),
              unit.arrivalNanos()),
          track);
      if (i == 0) {
        losses.forEach(this::deliver);
      }
    }
  }

  private void deliver(AccessUnit unit, RunTrack track) {
    if (track.index == RunTrack.ABSENT) {
      return; // joins with the next run
    }
    if (track.accepts(unit.dts())) {
      if (track.kind() == Codec.Kind.VIDEO) {
        lastVideoNanos = unit.arrivalNanos();
      }
      out.unit(unit);
    } else {
      restart = true;
    }
  }

  private void deliver(PacketLoss loss) {
    int index = tracks.get(loss.track()).index;
    if (index != RunTrack.ABSENT) {
      out.loss(new PacketLoss(index, loss.packets(), loss.reason(), loss.at()));
    }
  }

  private void deliverReport(RunTrack track) {
    SenderReport report = track.report;
    if (report != null && track.index != RunTrack.ABSENT) {
      out.senderReport(
          new SenderReport(
              track.index,
              report.rtpTicks(),
              report.ntp(),
              report.arrival(),
              report.arrivalNanos()));
    }
  }
}
