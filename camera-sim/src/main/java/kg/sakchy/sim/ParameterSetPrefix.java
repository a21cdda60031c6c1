package kg.sakchy.sim;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.h264.AvcConfig;
import kg.sakchy.media.codec.h265.HevcConfig;

/** Parameter sets as a camera sends them in front of a key frame. Threads: pure functions. */
final class ParameterSetPrefix {
  private ParameterSetPrefix() {}

  /** NAL units, each behind its length in 4 bytes; empty for codecs without parameter sets. */
  static byte[] of(TrackFormat format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Bytes set : sets(format)) {
      out.writeBytes(ByteBuffer.allocate(4).putInt(set.size()).array());
      out.writeBytes(set.toByteArray());
    }
    return out.toByteArray();
  }

  private static List<Bytes> sets(TrackFormat format) {
    List<Bytes> sets = new ArrayList<>();
    switch (format.codec()) {
      case H264 -> {
        AvcConfig config = AvcConfig.decode(format.config());
        sets.addAll(config.sps());
        sets.addAll(config.pps());
      }
      case H265 -> {
        HevcConfig config = HevcConfig.decode(format.config());
        sets.addAll(config.vps());
        sets.addAll(config.sps());
        sets.addAll(config.pps());
      }
      case MJPEG, AAC, G711_ALAW, G711_ULAW, OPUS, ONVIF_METADATA -> {
        // Everything is in the description.
      }
    }
    return sets;
  }
}
