package kg.sakchy.gateway.hub;

import kg.sakchy.core.stream.StreamListener;
import kg.sakchy.media.rtp.RtpPacket;

/**
 * A listener that also hears the RTP packets of its stream, in the order of their arrival and
 * between the same calls as the units made of them: a packet comes before the unit it completes.
 *
 * <p>Packets come from the moment of subscribing, also before the first key frame and between runs.
 * Threads: as for every listener.
 */
public interface PacketListener extends StreamListener {
  /**
   * A packet that is in order and no duplicate.
   *
   * @param track which it belongs to
   * @param packet valid only during the call
   * @param ticks its RTP time, unwrapped as the units' times are
   */
  void onPacket(PacketTrack track, RtpPacket packet, long ticks);

  /** The packets of one look at the network have all come. */
  void onPacketsRead();
}
