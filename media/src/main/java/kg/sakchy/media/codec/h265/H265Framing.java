package kg.sakchy.media.codec.h265;

import java.nio.ByteBuffer;
import kg.sakchy.media.codec.NalPacketizer;
import kg.sakchy.media.codec.NalUnits;

/** Headers of AP (RFC 7798 §4.4.2) and FU (§4.4.3). Threads: stateless. */
final class H265Framing implements NalPacketizer.Framing {
  private static final int START = 0x80;
  private static final int END = 0x40;

  @Override
  public int nalHeaderBytes() {
    return H265Nal.HEADER_BYTES;
  }

  /** F is set if any unit has it; layer and temporal id are the lowest of all. */
  @Override
  public void aggregateHeader(ByteBuffer packet, byte[] sample, int from, int to) {
    int forbidden = 0;
    int layer = 63;
    int temporalId = 7;
    int at = from;
    while (at < to) {
      int nal = at + NalUnits.LENGTH_BYTES;
      int length = NalUnits.lengthAt(sample, at);
      if (length >= H265Nal.HEADER_BYTES) {
        forbidden |= sample[nal] & 0x80;
        layer = Math.min(layer, H265Nal.layer(sample[nal], sample[nal + 1]));
        temporalId = Math.min(temporalId, sample[nal + 1] & 7);
      }
      at = nal + length;
    }
    packet.put((byte) (forbidden | H265Nal.AGGREGATE << 1 | layer >> 5));
    packet.put((byte) (layer << 3 | temporalId));
  }

  @Override
  public void fragmentHeader(
      ByteBuffer packet, byte[] sample, int nal, boolean start, boolean end) {
    packet.put((byte) ((sample[nal] & 0x81) | H265Nal.FRAGMENT << 1));
    packet.put(sample[nal + 1]);
    packet.put((byte) ((start ? START : 0) | (end ? END : 0) | H265Nal.type(sample[nal])));
  }
}
