package kg.sakchy.media.codec;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The headers in which NAL units travel: what differs between H.264 (RFC 6184) and H.265 (RFC
 * 7798). Units stand alone in a packet, several in an aggregate, or one in fragments:
 *
 * <pre>
 * alone:      |NAL unit|
 * aggregate:  |header|size 16|NAL unit|size 16|NAL unit|...
 * fragment:   |header|S E bits and type, 8|part of a NAL unit without its header|
 * </pre>
 *
 * <p>Threads: stateless.
 */
public interface NalFraming {
  /** The bit of a fragment's own byte that says that a unit begins. */
  int START = 0x80;

  /** The bit that says that it ends. */
  int END = 0x40;

  /** Bytes of the header of a NAL unit, an aggregate, and a fragment without its own byte. */
  int headerBytes();

  /** The type that a payload's first byte tells. */
  int type(int firstByte);

  int aggregateType();

  int fragmentType();

  /**
   * Whether a payload that is neither aggregate nor fragment is a NAL unit.
   *
   * @param payload absolute reads only, from 0
   */
  boolean isUnit(ByteBuffer payload, int type);

  /**
   * Why a payload that is no unit either is damage; null if its type is reserved, and it costs only
   * itself.
   */
  @Nullable String unsupported(int type);

  /** Hands the header of the unit that a fragment belongs to, byte by byte, to {@code unit}. */
  void restoreHeader(ByteBuffer fragment, VideoAssembler unit);

  /**
   * Writes the header of an aggregate.
   *
   * @param sample NAL units with their lengths, from {@code from} to {@code to}
   */
  void aggregateHeader(ByteBuffer packet, byte[] sample, int from, int to);

  /**
   * Writes the headers of a fragment.
   *
   * @param nal where the NAL unit begins in the sample
   * @param bits {@link #START}, {@link #END}, both or none
   */
  void fragmentHeader(ByteBuffer packet, byte[] sample, int nal, int bits);
}
