package kg.sakchy.gateway.track;

import kg.sakchy.media.rtp.RtpPacket;

/** Sees the packets of one track on their way. Threads: confined to the connection's event loop. */
@FunctionalInterface
public interface PacketTap {
  /**
   * A packet in its order, before samples come of it.
   *
   * @param packet valid only during the call
   * @param ticks its RTP time, unwrapped as the samples' times are
   */
  void packet(RtpPacket packet, long ticks);
}
