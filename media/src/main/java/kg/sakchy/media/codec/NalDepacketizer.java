package kg.sakchy.media.codec;

import java.nio.ByteBuffer;
import java.util.List;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * Takes NAL units out of packets, the same for H.264 and H.265.
 *
 * <p>Tolerated: empty payloads, empty units in an aggregate, a fragment that is first and last at
 * once, a last fragment that only the marker bit ends; and what {@link VideoAssembler} names.
 *
 * <p>Threads: confined to one.
 */
public final class NalDepacketizer implements Depacketizer {
  private final NalFraming framing;
  private final VideoAssembler assembler;

  /**
   * @param parameterSets NAL units of the session description, maybe none
   */
  public NalDepacketizer(NalFraming framing, UnitInspector inspector, List<Bytes> parameterSets) {
    this.framing = framing;
    assembler = new VideoAssembler(inspector, parameterSets);
  }

  @Override
  public void push(RtpPacket packet, long ticks, int lostBefore, Output out) {
    assembler.beginPacket(ticks, lostBefore, out);
    ByteBuffer payload = packet.payload();
    int size = payload.remaining();
    if (size > 0) {
      int type = framing.type(payload.get(0));
      if (assembler.isNalOpen() && type != framing.fragmentType()) {
        assembler.damage("a fragmented NAL unit without its end");
      }
      if (size < framing.headerBytes()) {
        assembler.damage("a NAL unit without its header");
      } else if (type == framing.aggregateType()) {
        aggregate(payload, size);
      } else if (type == framing.fragmentType()) {
        fragment(payload, size);
      } else if (framing.isUnit(payload, type)) {
        assembler.nal(payload, 0, size);
      } else {
        refuse(type);
      }
    }
    assembler.endPacket(packet.marker(), out);
  }

  @Override
  public void flush(Output out) {
    assembler.flush(out);
  }

  private void refuse(int type) {
    @Nullable String why = framing.unsupported(type);
    if (why != null) {
      assembler.damage(why);
    } else {
      assembler.ignorePacket("reserved NAL unit type " + type);
    }
  }

  private void aggregate(ByteBuffer payload, int size) {
    int at = framing.headerBytes();
    while (at < size) {
      int length = size - at < 2 ? Integer.MAX_VALUE : payload.getShort(at) & 0xffff;
      at += 2;
      if (length > size - at) {
        assembler.damage("an aggregate with a NAL unit longer than the packet");
        return;
      }
      assembler.nal(payload, at, length);
      at += length;
    }
  }

  private void fragment(ByteBuffer payload, int size) {
    int headers = framing.headerBytes() + 1;
    if (size < headers) {
      assembler.damage("a fragment without its header");
      return;
    }
    int bits = payload.get(headers - 1);
    boolean start = (bits & NalFraming.START) != 0;
    if (start && assembler.isNalOpen()) {
      assembler.damage("a fragmented NAL unit without its end");
    } else if (start) {
      assembler.beginNal();
      framing.restoreHeader(payload, assembler);
    } else if (!assembler.isNalOpen()) {
      assembler.damage("a fragment of a NAL unit without its beginning");
    }
    assembler.append(payload, headers, size - headers);
    if ((bits & NalFraming.END) != 0 && assembler.isNalOpen()) {
      assembler.endNal();
    }
  }
}
