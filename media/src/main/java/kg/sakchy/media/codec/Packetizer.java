package kg.sakchy.media.codec;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import kg.sakchy.media.sdp.MediaDescription;

/**
 * Turns the samples of one track into RTP packets.
 *
 * <p>Buffers: each packet is a new heap buffer, from its position to its limit, and belongs to
 * whoever gets it. Threads: confined to one.
 */
public interface Packetizer {
  /**
   * Makes the packets of one sample and hands them on in their order.
   *
   * @param pts presentation time in ticks of the track's clock; its lower 32 bits become the RTP
   *     time
   * @param sample see {@link kg.sakchy.core.stream.AccessUnit#data()}; only read
   * @throws kg.sakchy.core.error.VmsException DATA_LOSS if the sample is malformed; packets made
   *     before that was seen are handed on
   */
  void packetize(long pts, byte[] sample, Consumer<ByteBuffer> out);

  /** Sequence number of the next packet, 0 to 65535; for the RTP-Info header. */
  int nextSequence();

  /**
   * The track's section of a session description.
   *
   * @param control address of the track, relative as a rule
   */
  MediaDescription describe(String control);
}
