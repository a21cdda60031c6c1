package kg.sakchy.media.codec.h265;

import java.nio.ByteBuffer;
import kg.sakchy.media.codec.NalFraming;
import kg.sakchy.media.codec.NalUnits;
import kg.sakchy.media.codec.VideoAssembler;
import org.jspecify.annotations.Nullable;

/**
 * H.265 in RTP (RFC 7798): single NAL units (§4.4.1), aggregation packets (§4.4.2), fragmentation
 * units (§4.4.3), all without decoding order numbers (sprop-max-don-diff = 0). PACI packets
 * (§4.4.4) are losses.
 *
 * <p>Threads: stateless.
 */
public final class H265Framing implements NalFraming {
  @Override
  public int headerBytes() {
    return H265Nal.HEADER_BYTES;
  }

  @Override
  public int type(int firstByte) {
    return H265Nal.type(firstByte);
  }

  @Override
  public int aggregateType() {
    return H265Nal.AGGREGATE;
  }

  @Override
  public int fragmentType() {
    return H265Nal.FRAGMENT;
  }

  @Override
  public boolean isUnit(ByteBuffer payload, int type) {
    return type <= H265Nal.LAST_SINGLE;
  }

  @Override
  public @Nullable String unsupported(int type) {
    return type == H265Nal.PACI ? "PACI packets are not supported" : null;
  }

  @Override
  public void restoreHeader(ByteBuffer fragment, VideoAssembler unit) {
    unit.append((fragment.get(0) & 0x81) | (fragment.get(H265Nal.HEADER_BYTES) & 0x3f) << 1);
    unit.append(fragment.get(1));
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
  public void fragmentHeader(ByteBuffer packet, byte[] sample, int nal, int bits) {
    packet.put((byte) ((sample[nal] & 0x81) | H265Nal.FRAGMENT << 1));
    packet.put(sample[nal + 1]);
    packet.put((byte) (bits | H265Nal.type(sample[nal])));
  }
}
