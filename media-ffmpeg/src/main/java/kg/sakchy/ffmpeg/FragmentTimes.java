package kg.sakchy.ffmpeg;

import java.nio.ByteBuffer;
import java.util.function.IntToLongFunction;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * Sets the base media decode time of each track of a fragment that FFmpeg's muxer made (ISO/IEC
 * 14496-12 §8.8.12).
 *
 * <pre>
 * moof { mfhd, traf { tfhd { version+flags (32) track id (32) ... },
 *                     tfdt { version=1+flags (32) base media decode time (64) }, trun }, traf ... }
 * </pre>
 */
final class FragmentTimes {
  private static final int MOOF = 0x6d6f6f66;
  private static final int TRAF = 0x74726166;
  private static final int TFHD = 0x74666864;
  private static final int TFDT = 0x74666474;
  private static final int BOX_HEADER = 8;

  private FragmentTimes() {}

  /**
   * @param part begins with {@code moof}; changed in place
   * @param decodeTime of the track with an id
   */
  static void set(byte[] part, IntToLongFunction decodeTime) {
    ByteBuffer bytes = ByteBuffer.wrap(part);
    if (bytes.getInt(4) != MOOF) {
      throw new VmsException(ErrorKind.INTERNAL, "the muxer's part does not begin with a moof box");
    }
    int end = bytes.getInt(0);
    for (int box = BOX_HEADER; box < end; box += bytes.getInt(box)) {
      if (bytes.getInt(box + 4) == TRAF) {
        setTrack(bytes, box, decodeTime);
      }
    }
  }

  private static void setTrack(ByteBuffer bytes, int traf, IntToLongFunction decodeTime) {
    int trackId = 0;
    int end = traf + bytes.getInt(traf);
    for (int box = traf + BOX_HEADER; box < end; box += bytes.getInt(box)) {
      switch (bytes.getInt(box + 4)) {
        case TFHD -> trackId = bytes.getInt(box + BOX_HEADER + 4);
        case TFDT -> bytes.putLong(box + BOX_HEADER + 4, decodeTime.applyAsLong(trackId));
        default -> {}
      }
    }
  }
}
