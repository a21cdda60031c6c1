package kg.sakchy.sim;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import kg.sakchy.core.stream.TrackFormat;

/**
 * What a camera sees and hears. One object may stand behind many cameras: it is played once and
 * packetized once for all of them and their viewers.
 */
public interface SimMedia {
  /** The tracks, in the order of their indexes; never changes. Video clocks run at 90 kHz. */
  List<TrackFormat> formats();

  /**
   * Begins to deliver samples in real time.
   *
   * @param loop where the listener is called, after this method has returned; also good as a timer.
   *     It must not be blocked
   */
  Playback play(ScheduledExecutorService loop, Listener listener);

  /** Receives the samples. */
  interface Listener {
    /**
     * One sample, in decoding order within its track.
     *
     * @param track index into {@link SimMedia#formats()}
     * @param pts presentation time in ticks of the track's clock
     * @param keyFrame whether decoding can begin here
     * @param data see {@link kg.sakchy.core.stream.AccessUnit#data()}; not changed afterwards
     */
    void sample(int track, long pts, boolean keyFrame, byte[] data);
  }

  /** A playback under way. */
  interface Playback extends AutoCloseable {
    /** Ends it; called on the loop. No sample comes afterwards. Idempotent. */
    @Override
    void close();
  }
}
