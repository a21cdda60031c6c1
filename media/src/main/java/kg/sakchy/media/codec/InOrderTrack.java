package kg.sakchy.media.codec;

import kg.sakchy.core.stream.TrackFormat;
import org.jspecify.annotations.Nullable;

/**
 * The delivering end of a track whose samples all stand alone and are shown in the order sent:
 * sound, JPEG, metadata. Announces formats and losses in their place, and sees to it that time
 * rises.
 *
 * <p>A sample whose time does not rise is dropped as a loss; one that lies over a second back is
 * taken for a clock set anew and begins a run.
 *
 * <p>Threads: confined to one.
 */
public final class InOrderTrack {
  private final LossTally losses = new LossTally();
  private @Nullable TrackFormat running;
  private long last;

  public LossTally losses() {
    return losses;
  }

  /**
   * Delivers a sample.
   *
   * @param packets it came in, for the count of losses
   */
  public void deliver(
      TrackFormat format, long pts, byte[] data, long packets, Depacketizer.Output out) {
    boolean sameRun = format.equals(running);
    if (sameRun && pts <= last) {
      if (last - pts <= format.clockRate()) {
        losses.discarded(packets, "time does not rise");
        return;
      }
      sameRun = false;
    }
    losses.report(out);
    if (!sameRun) {
      running = format;
      out.format(format);
    }
    last = pts;
    out.sample(pts, pts, true, data);
  }
}
