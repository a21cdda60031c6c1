package kg.sakchy.media.codec.aac;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.function.Consumer;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.codec.PayloadFormat;
import kg.sakchy.media.codec.RtpPacketWriter;
import kg.sakchy.media.sdp.RtpMap;

/**
 * AAC to RTP in the mode AAC-hbr (RFC 3640 §3.3.6), a frame a packet; a frame too large for one is
 * sent in fragments.
 *
 * <p>Threads: confined to one.
 */
public final class AacPayload implements PayloadFormat {
  /** AU-headers-length, and one header of 13 bits size and 3 bits index. */
  private static final int HEADER_BYTES = 4;

  private static final int HEADER_BITS = 16;
  private static final int MAX_FRAME_BYTES = (1 << 13) - 1;

  private final TrackFormat.Audio format;

  public AacPayload(TrackFormat.Audio format) {
    this.format = format;
  }

  @Override
  public void packetize(long pts, byte[] sample, RtpPacketWriter writer, Consumer<ByteBuffer> out) {
    if (sample.length > MAX_FRAME_BYTES) {
      throw new VmsException(ErrorKind.DATA_LOSS, "an AAC frame of " + sample.length + " bytes");
    }
    int at = 0;
    while (at < sample.length) {
      int size = Math.min(sample.length - at, writer.maxPayload() - HEADER_BYTES);
      boolean last = at + size == sample.length;
      ByteBuffer packet = writer.begin(pts, last, HEADER_BYTES + size);
      packet.putShort((short) HEADER_BITS).putShort((short) (sample.length << 3));
      packet.put(sample, at, size);
      writer.send(packet, out);
      at += size;
    }
  }

  @Override
  public RtpMap map(int payloadType) {
    return new RtpMap(payloadType, "MPEG4-GENERIC", format.clockRate(), format.channels());
  }

  @Override
  public String parameters() {
    return "streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;"
        + "indexdeltalength=3;config="
        + HexFormat.of().formatHex(format.config().toByteArray());
  }
}
