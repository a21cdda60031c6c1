package kg.sakchy.media.codec.h264;

import java.nio.ByteBuffer;
import java.util.List;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.Depacketizer;
import kg.sakchy.media.codec.VideoAssembler;
import kg.sakchy.media.rtp.RtpPacket;

/**
 * H.264 in RTP (RFC 6184): single NAL units (§5.6), STAP-A (§5.7.1), FU-A (§5.8).
 *
 * <pre>
 * single:  |NAL unit|
 * STAP-A:  |F NRI 24|size 16|NAL unit|size 16|NAL unit|...
 * FU-A:    |F NRI 28|S E R type|part of a NAL unit without its header|
 * </pre>
 *
 * <p>The interleaved mode (STAP-B, MTAP, FU-B) is not supported; its packets are losses. Tolerated:
 * empty payloads, empty units in a STAP-A, a FU-A that is first and last fragment at once, a last
 * fragment that only the marker bit ends; and what {@link VideoAssembler} names.
 *
 * <p>Threads: confined to one.
 */
public final class H264Depacketizer implements Depacketizer {
  private final VideoAssembler assembler;

  /**
   * @param parameterSets NAL units of the session description, maybe none
   */
  public H264Depacketizer(List<Bytes> parameterSets) {
    assembler = new VideoAssembler(new H264Inspector(), parameterSets);
  }

  @Override
  public void push(RtpPacket packet, long ticks, int lostBefore, Output out) {
    assembler.beginPacket(ticks, lostBefore, out);
    ByteBuffer payload = packet.payload();
    int size = payload.remaining();
    if (size > 0) {
      int type = H264Nal.type(payload.get(0));
      if (assembler.isNalOpen() && type != H264Nal.FU_A) {
        assembler.damage("a fragmented NAL unit without its end");
      }
      switch (type) {
        case H264Nal.STAP_A -> aggregate(payload, size);
        case H264Nal.FU_A -> fragment(payload, size);
        default -> other(payload, size, type);
      }
    }
    assembler.endPacket(packet.marker(), out);
  }

  @Override
  public void flush(Output out) {
    assembler.flush(out);
  }

  private void other(ByteBuffer payload, int size, int type) {
    boolean zeros = size > 3 && payload.get(0) == 0 && payload.get(1) == 0;
    boolean startCode = zeros && (payload.get(2) == 0 || payload.get(2) == 1);
    if ((type > 0 && type <= H264Nal.LAST_SINGLE) || startCode) {
      assembler.nal(payload, 0, size);
    } else if (type >= H264Nal.STAP_B && type <= H264Nal.FU_B) {
      assembler.damage("payload type " + type + " of the interleaved mode is not supported");
    } else {
      assembler.ignorePacket("reserved NAL unit type " + type);
    }
  }

  private void aggregate(ByteBuffer payload, int size) {
    int at = 1;
    while (at < size) {
      int length = size - at < 2 ? Integer.MAX_VALUE : payload.getShort(at) & 0xffff;
      at += 2;
      if (length > size - at) {
        assembler.damage("a STAP-A with a NAL unit longer than the packet");
        return;
      }
      assembler.nal(payload, at, length);
      at += length;
    }
  }

  private void fragment(ByteBuffer payload, int size) {
    if (size < 2) {
      assembler.damage("a FU-A without its header");
      return;
    }
    int header = payload.get(1);
    boolean start = (header & 0x80) != 0;
    if (start && assembler.isNalOpen()) {
      assembler.damage("a fragmented NAL unit without its end");
    } else if (start) {
      assembler.beginNal();
      assembler.append((payload.get(0) & 0xe0) | H264Nal.type(header));
    } else if (!assembler.isNalOpen()) {
      assembler.damage("a fragment of a NAL unit without its beginning");
    }
    assembler.append(payload, 2, size - 2);
    if ((header & 0x40) != 0 && assembler.isNalOpen()) {
      assembler.endNal();
    }
  }
}
