package kg.sakchy.media.mp4;

import java.util.HexFormat;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.aac.AudioSpecificConfig;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first sample entry of an {@code stsd} box (ISO/IEC 14496-12 §8.5.2, §12.1.3, §12.2.3;
 * 14496-14 §6.7 for {@code esds}; 14496-15 for AVC and HEVC).
 *
 * <p>A track with several sample entries is read as if it had the first only: neither our muxer nor
 * the clips we play write more.
 */
final class SampleEntryParser {
  private static final int OBJECT_TYPE_AAC_MPEG2_FIRST = 0x66;
  private static final int OBJECT_TYPE_AAC_MPEG2_LAST = 0x68;

  private SampleEntryParser() {}

  /** The format, or null when the codec is none of ours. */
  static @Nullable TrackFormat parse(BoxFields stsd, int timescale) {
    stsd.skip(4);
    if (stsd.count(8) == 0) {
      return null;
    }
    BoxReader entry = stsd.boxes();
    if (!entry.next()) {
      throw Mp4Errors.malformed("no sample entry");
    }
    int type = entry.type();
    return switch (type) {
      case BoxType.AVC1, BoxType.AVC3, BoxType.HVC1, BoxType.HEV1, BoxType.MP4V, BoxType.JPEG ->
          video(type, entry.fields(), timescale);
      case BoxType.MP4A, BoxType.OPUS -> audio(type, entry.fields(), timescale);
      default -> null;
    };
  }

  private static @Nullable TrackFormat video(int type, BoxFields entry, int timescale) {
    entry.skip(24);
    int width = entry.u16();
    int height = entry.u16();
    entry.skip(50);
    BoxReader boxes = entry.boxes();
    return switch (type) {
      case BoxType.AVC1, BoxType.AVC3 -> {
        Bytes config = rest(boxes.require(BoxType.AVCC));
        yield new TrackFormat.Video(
            Codec.H264, timescale, config, width, height, avcString(type, config));
      }
      case BoxType.HVC1, BoxType.HEV1 -> {
        Bytes config = rest(boxes.require(BoxType.HVCC));
        yield new TrackFormat.Video(
            Codec.H265, timescale, config, width, height, hevcString(type, config));
      }
      case BoxType.MP4V -> {
        if (ElementaryStream.parse(boxes.require(BoxType.ESDS)).objectType()
            != ElementaryStream.JPEG) {
          yield null;
        }
        yield motionJpeg(timescale, width, height, "mp4v.6c");
      }
      default -> motionJpeg(timescale, width, height, "jpeg");
    };
  }

  private static TrackFormat motionJpeg(int timescale, int width, int height, String codec) {
    return new TrackFormat.Video(Codec.MJPEG, timescale, Bytes.EMPTY, width, height, codec);
  }

  private static @Nullable TrackFormat audio(int type, BoxFields entry, int timescale) {
    entry.skip(8);
    int quickTimeVersion = entry.u16();
    entry.skip(6);
    int channels = Math.max(1, entry.u16());
    entry.skip(10);
    entry.skip(quickTimeVersion == 1 ? 16 : quickTimeVersion == 2 ? 36 : 0);
    BoxReader boxes = entry.boxes();
    if (type == BoxType.OPUS) {
      Bytes config = rest(boxes.require(BoxType.DOPS));
      return new TrackFormat.Audio(Codec.OPUS, timescale, config, channels, "opus");
    }
    BoxFields esds = boxes.find(BoxType.ESDS);
    if (esds == null) {
      return null;
    }
    ElementaryStream stream = ElementaryStream.parse(esds);
    int objectType = stream.objectType();
    boolean aac =
        objectType == ElementaryStream.AAC
            || (objectType >= OBJECT_TYPE_AAC_MPEG2_FIRST
                && objectType <= OBJECT_TYPE_AAC_MPEG2_LAST);
    if (!aac || stream.config().isEmpty()) {
      return null;
    }
    // The sample entry's channel count is a constant for many writers (ISO/IEC 14496-14 §6.7.2).
    AudioSpecificConfig config = AudioSpecificConfig.parse(stream.config());
    return new TrackFormat.Audio(
        Codec.AAC,
        timescale,
        stream.config(),
        config.channels() == 0 ? channels : config.channels(),
        config.codecString());
  }

  /** RFC 6381 §3.3: profile, constraints and level in hex. */
  private static String avcString(int type, Bytes config) {
    if (config.size() < 4) {
      throw Mp4Errors.malformed("an avcC that ends early");
    }
    return BoxType.name(type) + "." + HexFormat.of().formatHex(config.toByteArray(), 1, 4);
  }

  /** ISO/IEC 14496-15 annex E.3: {@code hvc1.1.6.L93.B0}. */
  private static String hevcString(int type, Bytes config) {
    if (config.size() < 13) {
      throw Mp4Errors.malformed("an hvcC that ends early");
    }
    int profile = config.at(1) & 0xFF;
    StringBuilder text = new StringBuilder(BoxType.name(type)).append('.');
    int space = profile >> 6;
    if (space > 0) {
      text.append((char) ('A' + space - 1));
    }
    text.append(profile & 0x1F).append('.');
    int compatibility = Integer.reverse(config.asByteBuffer().getInt(2));
    text.append(Integer.toHexString(compatibility).toUpperCase(java.util.Locale.ROOT));
    text.append('.').append((profile & 0x20) == 0 ? 'L' : 'H').append(config.at(12) & 0xFF);
    int last = 11;
    while (last >= 6 && config.at(last) == 0) {
      last--;
    }
    for (int i = 6; i <= last; i++) {
      int constraint = config.at(i) & 0xFF;
      text.append('.').append(Integer.toHexString(constraint).toUpperCase(java.util.Locale.ROOT));
    }
    return text.toString();
  }

  private static Bytes rest(BoxFields box) {
    return Bytes.copyOf(box.bytes(box.remaining()));
  }
}
