package kg.sakchy.gateway.transport;

import java.nio.ByteBuffer;

/**
 * How the packets of one track travel.
 *
 * <p>Threads: confined to the stream's event loop.
 */
public interface MediaPath extends AutoCloseable {
  /** Receives the packets of one track. */
  interface Receiver {
    /** An RTP packet in order, from position to limit; valid only during the call. */
    void rtp(ByteBuffer packet);

    /** An RTCP compound, from position to limit; valid only during the call. */
    void rtcp(ByteBuffer compound);
  }

  /** Sends an RTCP compound to the camera; may be dropped. */
  void sendRtcp(ByteBuffer compound);

  /** Looks at the time: packets that wait for others may have waited long enough. */
  default void tick(long nowNanos) {}

  /** Frees sockets; none of its own, for interleaved tracks. Idempotent. */
  @Override
  default void close() {}
}
