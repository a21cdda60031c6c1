package kg.sakchy.media.codec.h265;

import java.nio.ByteBuffer;
import java.util.List;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.Depacketizer;
import kg.sakchy.media.codec.VideoAssembler;
import kg.sakchy.media.rtp.RtpPacket;

/**
 * H.265 in RTP (RFC 7798): single NAL units (§4.4.1), aggregation packets (§4.4.2), fragmentation
 * units (§4.4.3), all without decoding order numbers (sprop-max-don-diff = 0).
 *
 * <pre>
 * single:  |NAL unit|
 * AP:      |type 48, layer, tid: 16|size 16|NAL unit|size 16|NAL unit|...
 * FU:      |type 49, layer, tid: 16|S E type|part of a NAL unit without its header|
 * </pre>
 *
 * <p>PACI packets (§4.4.4) are losses. Tolerated: empty payloads, empty units in an AP, a FU that
 * is first and last fragment at once, a last fragment that only the marker bit ends; and what
 * {@link VideoAssembler} names.
 *
 * <p>Threads: confined to one.
 */
public final class H265Depacketizer implements Depacketizer {
  private final VideoAssembler assembler;

  /**
   * @param parameterSets NAL units of the session description, maybe none
   */
  public H265Depacketizer(List<Bytes> parameterSets) {
    assembler = new VideoAssembler(new H265Inspector(), parameterSets);
  }

  @Override
  public void push(RtpPacket packet, long ticks, int lostBefore, Output out) {
    assembler.beginPacket(ticks, lostBefore, out);
    ByteBuffer payload = packet.payload();
    int size = payload.remaining();
    if (size > 0) {
      int type = H265Nal.type(payload.get(0));
      if (assembler.isNalOpen() && type != H265Nal.FRAGMENT) {
        assembler.damage("a fragmented NAL unit without its end");
      }
      if (size < H265Nal.HEADER_BYTES) {
        assembler.damage("a NAL unit without its header");
      } else if (type <= H265Nal.LAST_SINGLE) {
        assembler.nal(payload, 0, size);
      } else {
        special(payload, size, type);
      }
    }
    assembler.endPacket(packet.marker(), out);
  }

  @Override
  public void flush(Output out) {
    assembler.flush(out);
  }

  private void special(ByteBuffer payload, int size, int type) {
    switch (type) {
      case H265Nal.AGGREGATE -> aggregate(payload, size);
      case H265Nal.FRAGMENT -> fragment(payload, size);
      case H265Nal.PACI -> assembler.damage("PACI packets are not supported");
      default -> assembler.ignorePacket("reserved NAL unit type " + type);
    }
  }

  private void aggregate(ByteBuffer payload, int size) {
    int at = H265Nal.HEADER_BYTES;
    while (at < size) {
      int length = size - at < 2 ? Integer.MAX_VALUE : payload.getShort(at) & 0xffff;
      at += 2;
      if (length > size - at) {
        assembler.damage("an aggregation packet with a NAL unit longer than the packet");
        return;
      }
      assembler.nal(payload, at, length);
      at += length;
    }
  }

  private void fragment(ByteBuffer payload, int size) {
    int headers = H265Nal.HEADER_BYTES + 1;
    if (size < headers) {
      assembler.damage("a fragmentation unit without its header");
      return;
    }
    int header = payload.get(H265Nal.HEADER_BYTES);
    boolean start = (header & 0x80) != 0;
    if (start && assembler.isNalOpen()) {
      assembler.damage("a fragmented NAL unit without its end");
    } else if (start) {
      assembler.beginNal();
      assembler.append((payload.get(0) & 0x81) | (header & 0x3f) << 1);
      assembler.append(payload.get(1));
    } else if (!assembler.isNalOpen()) {
      assembler.damage("a fragment of a NAL unit without its beginning");
    }
    assembler.append(payload, headers, size - headers);
    if ((header & 0x40) != 0 && assembler.isNalOpen()) {
      assembler.endNal();
    }
  }
}
