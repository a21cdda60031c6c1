package kg.sakchy.media.mp4;

import java.util.function.Consumer;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;

/**
 * Writes the sample entry of a track (ISO/IEC 14496-12 §8.5.2, §12.1.3, §12.2.3; 14496-14 §6.7 for
 * {@code esds}; 14496-15 §5.4.2 and §8.4.1 for AVC and HEVC; Opus in ISOBMFF §4.3): what {@link
 * SampleEntryParser} reads.
 */
final class SampleEntryWriter {
  /** 72 dots an inch as 16.16, which is what everybody writes. */
  private static final int RESOLUTION = 0x48_0000;

  private static final int DEPTH = 0x18;
  private static final int SAMPLE_BITS = 16;

  /** ISO/IEC 14496-1 §7.2.6.6: stream types in their six bits, upStream 0, reserved 1. */
  private static final int VISUAL_STREAM = 0x04 << 2 | 1;

  private static final int AUDIO_STREAM = 0x05 << 2 | 1;

  private SampleEntryWriter() {}

  /** Writes the entry of a format. */
  static void write(BoxWriter stsd, TrackFormat format) {
    switch (format) {
      case TrackFormat.Video video -> video(stsd, video);
      case TrackFormat.Audio audio -> audio(stsd, audio);
      case TrackFormat.Metadata metadata -> throw unsupported(metadata.codec());
    }
  }

  private static void video(BoxWriter stsd, TrackFormat.Video video) {
    switch (video.codec()) {
      case H264 ->
          picture(stsd, BoxType.AVC1, video, BoxType.AVCC, box -> config(box, video.config()));
      case H265 ->
          picture(stsd, BoxType.HVC1, video, BoxType.HVCC, box -> config(box, video.config()));
      case MJPEG ->
          picture(
              stsd,
              BoxType.MP4V,
              video,
              BoxType.ESDS,
              box ->
                  new ElementaryStream(ElementaryStream.JPEG, Bytes.EMPTY)
                      .write(box, VISUAL_STREAM));
      case AAC, OPUS, G711_ALAW, G711_ULAW, ONVIF_METADATA -> throw unsupported(video.codec());
    }
  }

  private static void picture(
      BoxWriter stsd,
      int type,
      TrackFormat.Video video,
      int configType,
      Consumer<BoxWriter> config) {
    stsd.box(
        type,
        entry ->
            entry
                .zeros(6)
                .u16(1)
                .zeros(16)
                .u16(video.width())
                .u16(video.height())
                .u32(RESOLUTION)
                .u32(RESOLUTION)
                .zeros(4)
                .u16(1)
                .zeros(32)
                .u16(DEPTH)
                .u16(0xFFFF)
                .box(configType, config));
  }

  private static void audio(BoxWriter stsd, TrackFormat.Audio audio) {
    switch (audio.codec()) {
      case AAC ->
          sound(
              stsd,
              BoxType.MP4A,
              audio,
              BoxType.ESDS,
              box ->
                  new ElementaryStream(ElementaryStream.AAC, audio.config())
                      .write(box, AUDIO_STREAM));
      case OPUS ->
          sound(stsd, BoxType.OPUS, audio, BoxType.DOPS, box -> config(box, audio.config()));
      case H264, H265, MJPEG, G711_ALAW, G711_ULAW, ONVIF_METADATA ->
          throw unsupported(audio.codec());
    }
  }

  /** A sample rate of more than 16 bits is told by the codec's configuration only. */
  private static void sound(
      BoxWriter stsd,
      int type,
      TrackFormat.Audio audio,
      int configType,
      Consumer<BoxWriter> config) {
    long rate = audio.clockRate() > 0xFFFF ? 0 : audio.clockRate();
    stsd.box(
        type,
        entry ->
            entry
                .zeros(6)
                .u16(1)
                .zeros(8)
                .u16(audio.channels())
                .u16(SAMPLE_BITS)
                .zeros(4)
                .u32(rate << 16)
                .box(configType, config));
  }

  private static void config(BoxWriter box, Bytes config) {
    box.bytes(config.asByteBuffer());
  }

  private static VmsException unsupported(Codec codec) {
    return Mp4Errors.unsupported("a track of " + codec);
  }
}
