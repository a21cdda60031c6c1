package kg.sakchy.media.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.h264.AvcConfig;
import kg.sakchy.media.codec.h265.HevcConfig;

/**
 * The parameter sets of a format as NAL units behind their lengths, to be put in front of a key
 * frame for a decoder that was told others or none. Threads: pure functions.
 */
public final class ParameterSetPrefix {
  private ParameterSetPrefix() {}

  /**
   * The sets in the order decoders want them; empty for a codec without such sets.
   *
   * @throws kg.sakchy.core.error.VmsException DATA_LOSS if the format's configuration is malformed
   */
  public static byte[] of(TrackFormat format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Bytes set : sets(format)) {
      out.writeBytes(ByteBuffer.allocate(NalUnits.LENGTH_BYTES).putInt(set.size()).array());
      out.writeBytes(set.toByteArray());
    }
    return out.toByteArray();
  }

  /** A copy of a sample with the sets in front; the sample itself if there are none. */
  public static byte[] before(byte[] sample, TrackFormat format) {
    byte[] prefix = of(format);
    return prefix.length == 0
        ? sample
        : ByteBuffer.allocate(prefix.length + sample.length).put(prefix).put(sample).array();
  }

  private static List<Bytes> sets(TrackFormat format) {
    return switch (format.codec()) {
      case H264 -> {
        AvcConfig config = AvcConfig.decode(format.config());
        yield Stream.concat(config.sps().stream(), config.pps().stream()).toList();
      }
      case H265 -> {
        HevcConfig config = HevcConfig.decode(format.config());
        yield Stream.of(config.vps(), config.sps(), config.pps()).flatMap(List::stream).toList();
      }
      case MJPEG, AAC, G711_ALAW, G711_ULAW, OPUS, ONVIF_METADATA -> List.of();
    };
  }
}
