package kg.sakchy.media.codec.h264;

import java.nio.ByteBuffer;
import kg.sakchy.media.codec.NalFraming;
import kg.sakchy.media.codec.NalUnits;
import kg.sakchy.media.codec.VideoAssembler;
import org.jspecify.annotations.Nullable;

/**
 * H.264 in RTP in the non-interleaved mode (RFC 6184 §6.3): single NAL units (§5.6), STAP-A
 * (§5.7.1), FU-A (§5.8). The packets of the interleaved mode (STAP-B, MTAP, FU-B) are losses.
 *
 * <p>Threads: stateless.
 */
public final class H264Framing implements NalFraming {
  @Override
  public int headerBytes() {
    return 1;
  }

  @Override
  public int type(int firstByte) {
    return H264Nal.type(firstByte);
  }

  @Override
  public int aggregateType() {
    return H264Nal.STAP_A;
  }

  @Override
  public int fragmentType() {
    return H264Nal.FU_A;
  }

  /** Some cameras leave the start code before a unit (ITU-T H.264 annex B). */
  @Override
  public boolean isUnit(ByteBuffer payload, int type) {
    boolean zeros = payload.remaining() > 3 && payload.get(0) == 0 && payload.get(1) == 0;
    boolean startCode = zeros && (payload.get(2) == 0 || payload.get(2) == 1);
    return (type > 0 && type <= H264Nal.LAST_SINGLE) || startCode;
  }

  @Override
  public @Nullable String unsupported(int type) {
    return type >= H264Nal.STAP_B && type <= H264Nal.FU_B
        ? "payload type " + type + " of the interleaved mode is not supported"
        : null;
  }

  @Override
  public void restoreHeader(ByteBuffer fragment, VideoAssembler unit) {
    unit.append((fragment.get(0) & 0xe0) | H264Nal.type(fragment.get(1)));
  }

  /** F is set if any unit has it, NRI is the highest of all (§5.7). */
  @Override
  public void aggregateHeader(ByteBuffer packet, byte[] sample, int from, int to) {
    int forbidden = 0;
    int importance = 0;
    int at = from;
    while (at < to) {
      int header = sample[at + NalUnits.LENGTH_BYTES];
      forbidden |= header & 0x80;
      importance = Math.max(importance, header & 0x60);
      at += NalUnits.LENGTH_BYTES + NalUnits.lengthAt(sample, at);
    }
    packet.put((byte) (forbidden | importance | H264Nal.STAP_A));
  }

  @Override
  public void fragmentHeader(ByteBuffer packet, byte[] sample, int nal, int bits) {
    packet.put((byte) ((sample[nal] & 0xe0) | H264Nal.FU_A));
    packet.put((byte) (bits | H264Nal.type(sample[nal])));
  }
}
