package kg.sakchy.web.live;

import java.time.Duration;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.media.mp4.FragmentWriter;
import org.jspecify.annotations.Nullable;

/**
 * The sound of a live stream beside its pictures: laid by its arrival at first, and moved once when
 * the camera's sender reports (RFC 3550 §6.4.1) say that this was wrong by more than people bear.
 *
 * <p>Threads: one.
 */
final class SoundLine {
  /** ITU-R BT.1359 tolerates 45 ms of sound before the pictures. */
  private static final Duration LIP_SYNC = Duration.ofMillis(40);

  /** Reports that differ by more are of clocks that have nothing to do with each other. */
  private static final Duration GARBAGE = Duration.ofSeconds(10);

  private static final Duration USUAL_FRAME = Duration.ofMillis(20);
  private static final Duration LONGEST_FRAME = Duration.ofSeconds(1);

  private final TrackLine line;
  private final FrameSpacing spacing;
  private @Nullable SenderReport pictures;
  private @Nullable SenderReport sound;
  private boolean aligned;
  private long lastSource;
  private long lastInFile = -1;

  SoundLine(int clockRate) {
    line = new TrackLine(clockRate);
    spacing =
        new FrameSpacing(
            MediaTime.ticks(USUAL_FRAME, clockRate), MediaTime.ticks(LONGEST_FRAME, clockRate));
  }

  /** What the camera says of the pictures' clock. */
  void picturesAre(SenderReport report) {
    pictures = report;
  }

  /** What the camera says of the sound's clock. */
  void soundIs(SenderReport report) {
    sound = report;
  }

  /** Moves with the pictures. */
  void move(long mediaTicks) {
    line.move(mediaTicks);
  }

  /**
   * Adds a unit to a fragment, unless it belongs before what the file has already.
   *
   * @param track in the file
   * @param arrival media time of the picture that arrived when this did
   * @return media time at which it ends, or -1 when it was left out
   */
  long add(FragmentWriter writer, int track, AccessUnit unit, TrackLine video, long arrival) {
    if (line.isAnchored()) {
      spacing.add(unit.dts() - lastSource);
    } else {
      line.anchor(unit.pts(), arrival);
    }
    lastSource = unit.dts();
    align(video);
    long dts = line.inFile(unit.dts());
    if (dts <= lastInFile) {
      return -1;
    }
    lastInFile = dts;
    long duration = spacing.ticks();
    writer.add(track, line.inFile(unit.pts()), dts, duration, true, unit.data());
    return line.toMedia(dts + duration);
  }

  private void align(TrackLine video) {
    SenderReport ofPictures = pictures;
    SenderReport ofSound = sound;
    if (aligned || ofPictures == null || ofSound == null) {
      return;
    }
    aligned = true;
    Duration apart = Duration.between(ofPictures.ntp(), ofSound.ntp());
    long should = video.media(ofPictures.rtpTicks()) + MediaTicks.of(bounded(apart));
    Duration wrong = MediaTicks.duration(should - line.media(ofSound.rtpTicks()));
    if (wrong.abs().compareTo(LIP_SYNC) > 0 && wrong.abs().compareTo(GARBAGE) < 0) {
      line.move(MediaTicks.of(wrong));
    }
  }

  /** Clocks of cameras can be anything; a century does not fit into ticks times a rate. */
  private static Duration bounded(Duration apart) {
    Duration hour = Duration.ofHours(1);
    return apart.abs().compareTo(hour) > 0 ? hour : apart;
  }
}
