package kg.sakchy.gateway.webrtc.session;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.NalUnits;
import kg.sakchy.media.codec.h264.AvcConfig;

/**
 * Puts the parameter sets of H.264 before key frames of cameras that tell them in their description
 * only: a player of WebRTC looks for them nowhere else.
 *
 * <p>Threads: immutable.
 */
final class InBandSets {
  private static final int SPS = 7;

  private final List<Bytes> sets;

  /**
   * @throws kg.sakchy.core.error.VmsException DATA_LOSS if the format's {@code avcC} is malformed
   */
  InBandSets(TrackFormat.Video format) {
    AvcConfig config = AvcConfig.decode(format.config());
    sets = Stream.concat(config.sps().stream(), config.pps().stream()).toList();
  }

  /** The key frame with its sets: itself, if it brings them. */
  byte[] complete(byte[] keyFrame) {
    boolean[] found = {false};
    NalUnits.forEach(keyFrame, (data, offset, length) -> found[0] |= (data[offset] & 0x1f) == SPS);
    if (found[0]) {
      return keyFrame;
    }
    int size = keyFrame.length;
    for (Bytes set : sets) {
      size += NalUnits.LENGTH_BYTES + set.size();
    }
    ByteBuffer complete = ByteBuffer.allocate(size);
    sets.forEach(set -> complete.putInt(set.size()).put(set.asByteBuffer()));
    return complete.put(keyFrame).array();
  }
}
