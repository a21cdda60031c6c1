package kg.sakchy.media.codec;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import kg.sakchy.media.rtp.RtpPacket;
import kg.sakchy.media.rtp.TimestampUnwrapper;

/** Puts packets into a depacketizer, as a stream would that counts losses by sequence number. */
public final class PacketFeed {
  private final Depacketizer depacketizer;
  private final RtpPacket view = new RtpPacket();
  private final TimestampUnwrapper line = new TimestampUnwrapper(Integer.MAX_VALUE);
  private int nextSequence = -1;
  private int holes;

  public final RecordedOutput out = new RecordedOutput();

  public PacketFeed(Depacketizer depacketizer) {
    this.depacketizer = depacketizer;
  }

  /** A whole RTP packet. */
  public void packet(ByteBuffer packet) {
    if (!view.parse(packet)) {
      throw new AssertionError("not an RTP packet");
    }
    int lost = nextSequence < 0 ? 0 : (view.sequence() - nextSequence) & 0xffff;
    nextSequence = (view.sequence() + 1) & 0xffff;
    depacketizer.push(view, line.unwrap(view.timestamp()), lost, out);
  }

  /** Announces packets as lost with the next payload. */
  public PacketFeed hole(int packets) {
    holes += packets;
    return this;
  }

  /** A payload in hex, with or without spaces. */
  public PacketFeed payload(long ticks, boolean marker, String hex) {
    return payload(ticks, marker, HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  public PacketFeed payload(long ticks, boolean marker, byte[] payload) {
    nextSequence = nextSequence < 0 ? 0 : nextSequence;
    ByteBuffer packet = ByteBuffer.allocate(RtpPacket.HEADER_BYTES + payload.length);
    RtpPacket.writeHeader(packet, marker, 96, nextSequence + holes, ticks, 0x5a5a5a5a);
    holes = 0;
    byte[] before = packet.put(payload).flip().array().clone();
    packet(packet);
    if (!java.util.Arrays.equals(before, packet.array())) {
      throw new AssertionError("the packet was written to");
    }
    return this;
  }

  public RecordedOutput flush() {
    depacketizer.flush(out);
    return out;
  }
}
