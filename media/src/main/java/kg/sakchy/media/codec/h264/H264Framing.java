package kg.sakchy.media.codec.h264;

import java.nio.ByteBuffer;
import kg.sakchy.media.codec.NalPacketizer;
import kg.sakchy.media.codec.NalUnits;

/** Headers of STAP-A (RFC 6184 §5.7.1) and FU-A (§5.8). Threads: stateless. */
final class H264Framing implements NalPacketizer.Framing {
  private static final int START = 0x80;
  private static final int END = 0x40;

  @Override
  public int nalHeaderBytes() {
    return 1;
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
  public void fragmentHeader(
      ByteBuffer packet, byte[] sample, int nal, boolean start, boolean end) {
    packet.put((byte) ((sample[nal] & 0xe0) | H264Nal.FU_A));
    packet.put((byte) ((start ? START : 0) | (end ? END : 0) | H264Nal.type(sample[nal])));
  }
}
