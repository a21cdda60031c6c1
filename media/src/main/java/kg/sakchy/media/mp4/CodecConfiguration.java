package kg.sakchy.media.mp4;

import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.aac.AudioSpecificConfig;
import kg.sakchy.media.codec.h264.AvcConfig;
import kg.sakchy.media.codec.h265.HevcConfig;
import kg.sakchy.media.codec.opus.OpusConfig;

/**
 * Whether a track's codec configuration is one: a file whose sample entry is broken can be read by
 * nobody, however good its samples are.
 *
 * <p>Threads: pure functions.
 */
final class CodecConfiguration {
  private CodecConfiguration() {}

  /**
   * Reads the configuration that a sample entry would hold.
   *
   * @throws VmsException INVALID_ARGUMENT when it is missing or malformed
   */
  static void check(TrackFormat format) {
    try {
      read(format);
    } catch (VmsException | IllegalArgumentException e) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT,
          "a track of " + format.codec() + " with " + e.getMessage(),
          e);
    }
  }

  private static void read(TrackFormat format) {
    Bytes config = format.config();
    switch (format.codec()) {
      case H264 -> AvcConfig.decode(config);
      case H265 -> HevcConfig.decode(config);
      case AAC -> AudioSpecificConfig.parse(config);
      case OPUS -> OpusConfig.decode(config);
      case MJPEG, G711_ALAW, G711_ULAW, ONVIF_METADATA -> {
        // they have none
      }
    }
  }
}
