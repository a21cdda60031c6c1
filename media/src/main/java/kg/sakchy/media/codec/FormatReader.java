package kg.sakchy.media.codec;

import java.util.Locale;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.aac.AacHeaderLayout;
import kg.sakchy.media.codec.aac.AudioSpecificConfig;
import kg.sakchy.media.codec.opus.OpusConfig;
import kg.sakchy.media.sdp.RtpMap;

/**
 * Formats of the tracks whose session description says it all.
 *
 * <p>Throws {@link VmsException} for what is malformed or not supported. Threads: pure functions.
 */
final class FormatReader {
  private static final int MAX_SOUND_RATE = 192_000;
  private static final int MAX_CHANNELS = 8;

  private FormatReader() {}

  /** AAC; without a {@code config} the map's rate and channels are taken for AAC-LC. */
  static TrackFormat.Audio aac(RtpMap map, FormatParameters parameters) {
    checkSound(map);
    Bytes config =
        parameters
            .hex("config")
            .orElseGet(() -> AudioSpecificConfig.ofLowComplexity(map.clockRate(), map.channels()));
    AudioSpecificConfig parsed = AudioSpecificConfig.parse(config);
    int channels = parsed.channels() == 0 ? map.channels() : parsed.channels();
    return new TrackFormat.Audio(
        Codec.AAC, map.clockRate(), config, channels, parsed.codecString());
  }

  static AacHeaderLayout aacLayout(FormatParameters parameters) {
    boolean low = parameters.text("mode").toLowerCase(Locale.ROOT).equals("aac-lbr");
    AacHeaderLayout usual = low ? AacHeaderLayout.LOW_BIT_RATE : AacHeaderLayout.HIGH_BIT_RATE;
    try {
      return new AacHeaderLayout(
          parameters.number("sizelength", usual.size()),
          parameters.number("indexlength", usual.index()),
          parameters.number("indexdeltalength", usual.indexDelta()),
          parameters.number("ctsdeltalength", 0),
          parameters.number("dtsdeltalength", 0),
          parameters.number("randomaccessindication", 0),
          parameters.number("streamstateindication", 0),
          parameters.number("auxiliarydatasizelength", 0));
    } catch (IllegalArgumentException outOfRange) {
      throw new VmsException(ErrorKind.UNSUPPORTED, "malformed AAC parameters", outOfRange);
    }
  }

  static TrackFormat.Audio g711(RtpMap map, Codec codec) {
    checkSound(map);
    String name = codec == Codec.G711_ALAW ? "alaw" : "ulaw";
    return new TrackFormat.Audio(codec, map.clockRate(), Bytes.EMPTY, map.channels(), name);
  }

  static TrackFormat.Audio opus(RtpMap map, FormatParameters parameters) {
    if (map.clockRate() != OpusConfig.CLOCK_RATE) {
      throw new VmsException(ErrorKind.UNSUPPORTED, "Opus on a clock of " + map.clockRate());
    }
    int channels = parameters.text("sprop-stereo").equals("0") ? 1 : 2;
    return new TrackFormat.Audio(
        Codec.OPUS, map.clockRate(), new OpusConfig(channels).encode(), channels, "opus");
  }

  static TrackFormat.Metadata metadata(RtpMap map) {
    return new TrackFormat.Metadata(Codec.ONVIF_METADATA, map.clockRate(), Bytes.EMPTY);
  }

  private static void checkSound(RtpMap map) {
    if (map.clockRate() > MAX_SOUND_RATE || map.channels() > MAX_CHANNELS) {
      throw new VmsException(ErrorKind.UNSUPPORTED, "sound of " + map.format());
    }
  }
}
