package kg.sakchy.ffmpeg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;

/**
 * Opus configuration as FFmpeg wants it: the Ogg header (RFC 7845 §5.1) made from the body of a
 * {@code dOps} box (Encapsulation of Opus in ISO Base Media File Format §4.3.2). The fields are the
 * same; Ogg's are little-endian, behind {@code "OpusHead"} and version 1.
 *
 * <pre>
 * dOps:  version=0 (8)  channels (8)  pre-skip (16)  input rate (32)  gain (16)  mapping (8) ...
 * </pre>
 */
final class OpusHead {
  /** Bytes of a {@code dOps} with channel mapping family 0. */
  private static final int DOPS_BYTES = 11;

  private static final byte[] MAGIC = "OpusHead".getBytes(StandardCharsets.US_ASCII);

  private OpusHead() {}

  /**
   * @throws VmsException INVALID_ARGUMENT when {@code dOps} is too short
   */
  static byte[] fromDops(Bytes dOps) {
    if (dOps.size() < DOPS_BYTES) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "Opus configuration (dOps) is too short");
    }
    ByteBuffer in = dOps.asByteBuffer();
    in.get();
    ByteBuffer out = ByteBuffer.allocate(MAGIC.length + dOps.size()).order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC).put((byte) 1).put(in.get());
    out.putShort(in.getShort()).putInt(in.getInt()).putShort(in.getShort()).put(in);
    return out.array();
  }
}
