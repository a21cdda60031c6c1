package kg.sakchy.media.codec;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import kg.sakchy.media.sdp.RtpMap;

/**
 * How the samples of one track become RTP payloads, and how a session description says so.
 *
 * <p>Threads: confined to one.
 */
public interface PayloadFormat {
  /** See {@link Packetizer#packetize}; packets are made and sent by {@code writer}. */
  void packetize(long pts, byte[] sample, RtpPacketWriter writer, Consumer<ByteBuffer> out);

  /** The attribute {@code rtpmap}. */
  RtpMap map(int payloadType);

  /** What the attribute {@code fmtp} says, or empty. */
  String parameters();
}
