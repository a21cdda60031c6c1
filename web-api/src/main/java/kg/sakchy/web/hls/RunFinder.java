package kg.sakchy.web.hls;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.KeyFrameIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.media.hls.HlsSegment;
import kg.sakchy.media.mp4.InitSegment;
import kg.sakchy.media.mp4.InitTrack;
import org.jspecify.annotations.Nullable;

/**
 * Finds the run of the archive that a live key frame belongs to: both the row of a segment and the
 * unit tell the camera's RTP time.
 *
 * <p>Threads: safe for use by many threads; blocks.
 */
final class RunFinder {
  /** A segment lasts a minute; one that began earlier does not hold the present. */
  private static final Duration BACK = Duration.ofSeconds(150);

  private static final Duration AHEAD = Duration.ofSeconds(5);
  private static final int MAX_ROWS = 50;

  /** By what a key frame's arrival may differ from what its RTP time says. */
  private static final Duration TOLERATED = Duration.ofMillis(1_500);

  private final Archive archive;
  private final StreamId stream;

  RunFinder(Archive archive, StreamId stream) {
    this.archive = archive;
    this.stream = stream;
  }

  /** The rows around a moment; none while the index is away. */
  List<Segment> rows(Instant moment) {
    try {
      return archive.segments(
          stream, new TimeRange(moment.minus(BACK), moment.plus(AHEAD)), MAX_ROWS);
    } catch (VmsException e) {
      return List.of();
    }
  }

  /** Where a key frame lies; empty when the recorder has not written of its run yet. */
  Optional<RunPlace> find(StreamFormat format, AccessUnit key, List<Segment> rows) {
    return rows.reversed().stream()
        .filter(row -> belongs(row, key))
        .findFirst()
        .flatMap(row -> place(row, format, key, rows));
  }

  private static boolean belongs(Segment row, AccessUnit key) {
    long after = key.pts() - row.time().rtpTicks();
    if (after < 0 || row.time().isFilled()) {
      return false;
    }
    Duration off = Duration.between(row.instantOf(after), key.arrival()).abs();
    return off.compareTo(TOLERATED) <= 0;
  }

  private static Optional<RunPlace> place(
      Segment row, StreamFormat format, AccessUnit key, List<Segment> rows) {
    List<InitTrack> tracks = InitSegment.parse(row.init()).tracks();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < format.tracks().size(); i++) {
      places.add(placeOf(format.tracks().get(i), i == format.videoTrack(), tracks));
    }
    long carried = places.stream().filter(place -> place >= 0).count();
    if (carried != tracks.size()) {
      return Optional.empty(); // sound that was coded anew on its way into the archive
    }
    long keyTicks = row.decodeTicks() + key.pts() - row.time().rtpTicks();
    return Optional.of(
        new RunPlace(
            row.run(),
            true,
            row.init(),
            places,
            keyTicks - key.dts(),
            previousKey(row, key.pts() - row.time().rtpTicks(), rows),
            row.decodeTicks(),
            HlsSegment.micros(row.range().start())));
  }

  private static int placeOf(TrackFormat format, boolean video, List<InitTrack> tracks) {
    for (int i = 0; i < tracks.size(); i++) {
      InitTrack track = tracks.get(i);
      boolean same =
          video
              ? track.kind() == InitTrack.Kind.VIDEO
              : track.kind() == InitTrack.Kind.AUDIO && isCopied(format, track.format());
      if (same && track.id() == i + 1 && track.timescale() == format.clockRate()) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isCopied(TrackFormat sent, @Nullable TrackFormat recorded) {
    return sent instanceof TrackFormat.Audio
        && recorded != null
        && sent.codec() == recorded.codec()
        && sent.config().equals(recorded.config());
  }

  /** Decode time of the key frame before one that the index knows already. */
  private static long previousKey(Segment row, long ticks, List<Segment> rows) {
    KeyFrameIndex keys = row.keyFrames();
    int key = keys.ceiling(ticks);
    if (key == keys.size() || keys.ticks(key) != ticks) {
      return RunPlace.UNKNOWN;
    }
    if (key > 0) {
      return row.decodeTicks() + keys.ticks(key - 1);
    }
    return row.sequence() == 0
        ? RunPlace.FIRST
        : rows.stream()
            .filter(before -> before.run() == row.run())
            .filter(before -> before.sequence() == row.sequence() - 1)
            .map(before -> before.decodeTicks() + lastKey(before.keyFrames()))
            .findFirst()
            .orElse(RunPlace.UNKNOWN);
  }

  private static long lastKey(KeyFrameIndex keys) {
    return keys.ticks(keys.size() - 1);
  }
}
