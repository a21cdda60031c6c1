package kg.sakchy.media.codec.opus;

import java.nio.ByteBuffer;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;

/**
 * OpusSpecificBox, the content of {@code dOps}:
 *
 * <pre>
 * 1 version = 0 | 1 channels | 2 pre-skip | 4 input sample rate | 2 output gain | 1 mapping = 0
 * </pre>
 *
 * <p>Pre-skip is 0: RTP says nothing of the encoder's start, and a stream that is joined in the
 * middle has none.
 *
 * @param channels 1 or 2
 */
public record OpusConfig(int channels) {
  /** RTP clock and decoder output rate of every Opus stream (RFC 7587 §4.1). */
  public static final int CLOCK_RATE = 48_000;

  private static final int BYTES = 11;

  /**
   * Reads a {@code dOps} without its box header.
   *
   * @throws VmsException DATA_LOSS when it is malformed, UNSUPPORTED with another channel mapping
   */
  public static OpusConfig decode(Bytes dOps) {
    if (dOps.size() < BYTES || dOps.at(0) != 0) {
      throw new VmsException(ErrorKind.DATA_LOSS, "a malformed dOps");
    }
    if (dOps.at(BYTES - 1) != 0) {
      throw new VmsException(ErrorKind.UNSUPPORTED, "Opus with channel mapping " + dOps.at(10));
    }
    return new OpusConfig(dOps.at(1));
  }

  /** The record as bytes. */
  public Bytes encode() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.put((byte) 0).put((byte) channels).putShort((short) 0);
    out.putInt(CLOCK_RATE).putShort((short) 0).put((byte) 0);
    return Bytes.copyOf(out.flip());
  }
}
