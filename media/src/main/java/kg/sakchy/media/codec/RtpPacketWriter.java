package kg.sakchy.media.codec;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import kg.sakchy.media.rtp.RtpPacket;

/**
 * Numbers and frames the packets of one track. Usage: {@link #begin}, put the payload, {@link
 * #send}.
 *
 * <p>Threads: confined to one.
 */
public final class RtpPacketWriter {
  private static final int MIN_PAYLOAD_BYTES = 64;

  private final int payloadType;
  private final int ssrc;
  private final int maxPayload;
  private int sequence;

  /**
   * @param payloadType 0 to 127
   * @param ssrc the first sequence number is taken from it too, so that it is hard to guess (RFC
   *     3550 §5.1) and a test can repeat it
   * @param mtu most bytes of a packet, RTP header included
   */
  public RtpPacketWriter(int payloadType, int ssrc, int mtu) {
    if (payloadType < 0 || payloadType > 127) {
      throw new IllegalArgumentException("payload type " + payloadType);
    }
    if (mtu < RtpPacket.HEADER_BYTES + MIN_PAYLOAD_BYTES) {
      throw new IllegalArgumentException("packets of " + mtu + " bytes");
    }
    this.payloadType = payloadType;
    this.ssrc = ssrc;
    this.maxPayload = mtu - RtpPacket.HEADER_BYTES;
    this.sequence = (ssrc ^ ssrc >>> 16) & 0xffff;
  }

  public int payloadType() {
    return payloadType;
  }

  /** Most bytes of a payload. */
  public int maxPayload() {
    return maxPayload;
  }

  public int nextSequence() {
    return sequence;
  }

  /** A new packet with its header written and room for exactly {@code payloadBytes} more. */
  public ByteBuffer begin(long ticks, boolean marker, int payloadBytes) {
    ByteBuffer packet = ByteBuffer.allocate(RtpPacket.HEADER_BYTES + payloadBytes);
    RtpPacket.writeHeader(packet, marker, payloadType, sequence, ticks, ssrc);
    sequence = (sequence + 1) & 0xffff;
    return packet;
  }

  /** Hands on a packet that is filled. */
  public void send(ByteBuffer packet, Consumer<ByteBuffer> out) {
    out.accept(packet.flip());
  }
}
