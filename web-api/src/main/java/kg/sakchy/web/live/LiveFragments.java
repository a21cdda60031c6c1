package kg.sakchy.web.live;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.media.mp4.Fragment;
import kg.sakchy.media.mp4.FragmentWriter;
import org.jspecify.annotations.Nullable;

/**
 * Makes fragments of one run of a live stream, without waiting for the frame after.
 *
 * <p>Times follow the camera's. Where a picture comes so much later than the one before it lasts
 * that a browser would see a gap (frames were lost or dropped, or the rate fell), media time is
 * closed up, and its meaning in UTC moves instead.
 *
 * <p>Threads: one.
 */
final class LiveFragments {
  private static final Duration USUAL_FRAME = Duration.ofMillis(40);
  private static final Duration LONGEST_FRAME = Duration.ofSeconds(1);

  /** Times the duration of the picture before; a browser bears twice (see FrameSpacing). */
  private static final double LATEST = 1.9;

  /** Sound later than this holds the pictures up in a browser, which plays both or nothing. */
  private static final long SILENCE_TICKS = 3 * Segment.TIMESCALE / 2;

  private static final int PICTURES = 0;
  private static final int SOUND = 1;

  private final SelectedTracks tracks;
  private final FragmentWriter writer;
  private final TrackLine video;
  private final FrameSpacing spacing;
  private final @Nullable SoundLine sound;
  private final UtcLine utc = new UtcLine();
  private final long longestFrame;
  private final long start;
  private long end;
  private long soundEnd;
  private long lastSource;
  private long lastDuration;
  private long lastMedia;
  private long lastArrivalNanos;
  private boolean isOpen;

  /**
   * @param start media time of the first picture
   */
  LiveFragments(SelectedTracks tracks, long start) {
    this.tracks = tracks;
    this.start = start;
    writer = new FragmentWriter(tracks.formats().size());
    int rate = tracks.video().clockRate();
    video = new TrackLine(rate);
    longestFrame = MediaTime.ticks(LONGEST_FRAME, rate);
    spacing = new FrameSpacing(MediaTime.ticks(USUAL_FRAME, rate), longestFrame);
    sound = tracks.hasSound() ? new SoundLine(tracks.formats().get(SOUND).clockRate()) : null;
    end = start;
    soundEnd = start;
  }

  /**
   * Adds a unit to the fragment that is open, if it is of a track that is sent. The first is a key
   * picture.
   */
  void add(AccessUnit unit) {
    switch (tracks.indexOf(unit.track())) {
      case PICTURES -> picture(unit);
      case SOUND -> sound(unit);
      default -> {}
    }
  }

  private void picture(AccessUnit unit) {
    if (video.isAnchored()) {
      long apart = unit.dts() - lastSource;
      // Within one fragment the picture before lasts until this one.
      double bearable = isOpen ? longestFrame : LATEST * lastDuration;
      if (apart > bearable) {
        closeUp(apart - lastDuration);
      }
      spacing.add(apart);
    } else {
      video.anchor(unit.pts(), start);
    }
    lastSource = unit.dts();
    lastDuration = spacing.ticks();
    lastMedia = video.media(unit.pts());
    lastArrivalNanos = unit.arrivalNanos();
    isOpen = true;
    end = Math.max(end, lastMedia + video.toMedia(lastDuration));
    utc.arrived(lastMedia, unit.arrival());
    writer.add(
        PICTURES,
        video.inFile(unit.pts()),
        video.inFile(unit.dts()),
        lastDuration,
        unit.keyFrame(),
        unit.data());
  }

  private void closeUp(long ticks) {
    long media = -video.toMedia(ticks);
    video.move(media);
    if (sound != null) {
      sound.move(media);
    }
    utc.clear();
  }

  private void sound(AccessUnit unit) {
    if (sound == null || !video.isAnchored()) {
      return;
    }
    Duration since = Duration.ofNanos(unit.arrivalNanos() - lastArrivalNanos);
    long arrival = Math.max(start, lastMedia + MediaTicks.of(since));
    soundEnd = Math.max(soundEnd, sound.add(writer, SOUND, unit, video, arrival));
  }

  /** The camera's word on the clock of one of its tracks. */
  void report(SenderReport report) {
    if (sound != null) {
      switch (tracks.indexOf(report.track())) {
        case PICTURES -> sound.picturesAre(report);
        case SOUND -> sound.soundIs(report);
        default -> {}
      }
    }
  }

  /** Ends the fragment that is open; {@link Fragment#EMPTY} when nothing was added. */
  Fragment end() {
    isOpen = false;
    return writer.end();
  }

  /** Media time at which the pictures end. */
  long endTicks() {
    return end;
  }

  /** Media time of the last picture. */
  long lastTicks() {
    return lastMedia;
  }

  /** UTC of the last picture. */
  Instant lastUtc() {
    return utc.at(lastMedia);
  }

  /** How long a picture is taken to last. */
  Duration frame() {
    return MediaTime.duration(lastDuration, video.clockRate());
  }

  /** Whether sound was promised and does not come. */
  boolean soundIsMissing() {
    return sound != null && end - soundEnd > SILENCE_TICKS;
  }
}
