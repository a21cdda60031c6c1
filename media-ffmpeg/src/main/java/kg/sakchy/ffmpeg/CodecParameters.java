package kg.sakchy.ffmpeg;

import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** Says to FFmpeg what a {@link TrackFormat} says. */
final class CodecParameters {
  /** ISO/IEC 14496-15 §5.3.3.1: the fixed part of {@code avcC}. */
  private static final int SHORTEST_AVCC = 7;

  /** ISO/IEC 14496-15 §8.3.3.1: the fixed part of {@code hvcC}. */
  private static final int SHORTEST_HVCC = 23;

  /** FFmpeg refuses more, and no camera sends it. */
  private static final int LARGEST_CONFIG = 1 << 20;

  /** {@code hvc1}, in FFmpeg's little-endian order: parameter sets stand in the sample entry. */
  private static final int HVC1 = 'h' | 'v' << 8 | 'c' << 16 | '1' << 24;

  /** An AAC frame, ISO/IEC 14496-3 §4.5.1.1. */
  private static final int AAC_FRAME_SAMPLES = 1024;

  private CodecParameters() {}

  /**
   * Adds a stream with the format's parameters, whose time base is its clock.
   *
   * @throws VmsException INVALID_ARGUMENT when the configuration cannot be right, UNSUPPORTED for
   *     metadata
   */
  static void addStream(AVFormatContext context, TrackFormat format) {
    AVStream stream =
        FfmpegErrors.allocated(avformat.avformat_new_stream(context, null), "a stream");
    switch (format) {
      case TrackFormat.Video video -> fill(stream.codecpar(), video);
      case TrackFormat.Audio audio -> fill(stream.codecpar(), audio);
      case TrackFormat.Metadata metadata ->
          throw new VmsException(ErrorKind.UNSUPPORTED, "metadata is not muxed");
    }
    try (AVRational timeBase = avutil.av_make_q(1, format.clockRate())) {
      stream.time_base(timeBase);
    }
  }

  /**
   * Fills {@code parameters}, which then owns a copy of the configuration.
   *
   * @throws VmsException INVALID_ARGUMENT when the configuration cannot be right
   */
  static void fill(AVCodecParameters parameters, TrackFormat.Video video) {
    check(video.width() > 0 && video.height() > 0, "a video track without a size");
    parameters
        .codec_type(avutil.AVMEDIA_TYPE_VIDEO)
        .codec_id(idOf(video.codec()))
        .width(video.width())
        .height(video.height());
    switch (video.codec()) {
      case H264 -> check(isConfig(video.config(), SHORTEST_AVCC), "H.264 without a valid avcC");
      case H265 -> {
        check(isConfig(video.config(), SHORTEST_HVCC), "H.265 without a valid hvcC");
        parameters.codec_tag(HVC1);
      }
      case MJPEG -> {}
      case AAC, G711_ALAW, G711_ULAW, OPUS, ONVIF_METADATA ->
          throw new VmsException(ErrorKind.INVALID_ARGUMENT, video.codec() + " is no video codec");
    }
    setExtradata(parameters, video.config().toByteArray());
  }

  /**
   * Fills {@code parameters}, which then owns a copy of the configuration.
   *
   * @throws VmsException INVALID_ARGUMENT when the configuration cannot be right
   */
  static void fill(AVCodecParameters parameters, TrackFormat.Audio audio) {
    check(audio.clockRate() > 0 && audio.channels() > 0, "a sound track without rate or channels");
    parameters
        .codec_type(avutil.AVMEDIA_TYPE_AUDIO)
        .codec_id(idOf(audio.codec()))
        .sample_rate(audio.clockRate());
    avutil.av_channel_layout_default(parameters.ch_layout(), audio.channels());
    switch (audio.codec()) {
      case AAC -> {
        check(audio.config().size() >= 2, "AAC without AudioSpecificConfig");
        parameters.frame_size(AAC_FRAME_SAMPLES);
        setExtradata(parameters, audio.config().toByteArray());
      }
      case OPUS -> setExtradata(parameters, OpusHead.fromDops(audio.config()));
      case G711_ALAW, G711_ULAW -> {}
      case H264, H265, MJPEG, ONVIF_METADATA ->
          throw new VmsException(ErrorKind.INVALID_ARGUMENT, audio.codec() + " is no audio codec");
    }
  }

  static int idOf(Codec codec) {
    return switch (codec) {
      case H264 -> avcodec.AV_CODEC_ID_H264;
      case H265 -> avcodec.AV_CODEC_ID_HEVC;
      case MJPEG -> avcodec.AV_CODEC_ID_MJPEG;
      case AAC -> avcodec.AV_CODEC_ID_AAC;
      case G711_ALAW -> avcodec.AV_CODEC_ID_PCM_ALAW;
      case G711_ULAW -> avcodec.AV_CODEC_ID_PCM_MULAW;
      case OPUS -> avcodec.AV_CODEC_ID_OPUS;
      case ONVIF_METADATA -> avcodec.AV_CODEC_ID_NONE;
    };
  }

  private static boolean isConfig(Bytes config, int shortest) {
    return config.size() >= shortest && config.at(0) == 1;
  }

  private static void setExtradata(AVCodecParameters parameters, byte[] config) {
    check(config.length <= LARGEST_CONFIG, "a codec configuration of " + config.length + " bytes");
    if (config.length > 0) {
      parameters.extradata(NativeBlock.copyOf(config).bytes()).extradata_size(config.length);
    }
  }

  private static void check(boolean right, String wrong) {
    if (!right) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, wrong);
    }
  }
}
