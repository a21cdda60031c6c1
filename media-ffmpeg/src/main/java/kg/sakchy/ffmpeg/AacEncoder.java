package kg.sakchy.ffmpeg;

import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * libavcodec's AAC-LC encoder: the owner of one AVCodecContext.
 *
 * <p>Delay: frame {@code n} goes in, packet {@code n - 1} comes out, and what a decoder makes of
 * packet {@code n} is what frame {@code n - 1} was; packet 0 decodes to silence.
 */
final class AacEncoder implements AutoCloseable {
  /** Samples of one channel in each frame. */
  static final int FRAME_SAMPLES = 1024;

  /** Temporal noise shaping, noise substitution, stereo coding: little gain for speech. */
  private static final List<String> COSTLY_TOOLS =
      List.of("aac_tns", "aac_pns", "aac_is", "aac_ms");

  private final AVCodecContext context;
  private final AVFrame frame;
  private final AVPacket packet;
  private final byte[] config;

  /**
   * @throws kg.sakchy.core.error.VmsException when AAC cannot have this rate or these channels
   */
  AacEncoder(int sampleRate, int channels, int bitsPerSecond) {
    Ffmpeg.init();
    AVCodec codec = avcodec.avcodec_find_encoder(avcodec.AV_CODEC_ID_AAC);
    context = FfmpegErrors.allocated(avcodec.avcodec_alloc_context3(codec), "an AAC encoder");
    frame = avutil.av_frame_alloc();
    packet = avcodec.av_packet_alloc();
    try (AVRational timeBase = avutil.av_make_q(1, sampleRate)) {
      FfmpegErrors.allocated(frame, "a frame");
      FfmpegErrors.allocated(packet, "a packet");
      context
          .sample_rate(sampleRate)
          .sample_fmt(avutil.AV_SAMPLE_FMT_FLTP)
          .time_base(timeBase)
          .flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER)
          .bit_rate(bitsPerSecond);
      avutil.av_channel_layout_default(context.ch_layout(), channels);
      for (String tool : COSTLY_TOOLS) {
        avutil.av_opt_set_int(context.priv_data(), tool, 0, 0);
      }
      avutil.av_opt_set(context.priv_data(), "aac_coder", "fast", 0);
      FfmpegErrors.check(
          avcodec.avcodec_open2(context, codec, (AVDictionary) null),
          "encode AAC of " + sampleRate + " Hz with " + channels + " channels");
      config = new byte[context.extradata_size()];
      context.extradata().get(config);
      frame.format(avutil.AV_SAMPLE_FMT_FLTP).nb_samples(FRAME_SAMPLES).sample_rate(sampleRate);
      avutil.av_channel_layout_default(frame.ch_layout(), channels);
      FfmpegErrors.check(avutil.av_frame_get_buffer(frame, 0), "get a frame's buffer");
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1). */
  byte[] config() {
    return config.clone();
  }

  /**
   * Encodes one frame.
   *
   * @param planes {@value #FRAME_SAMPLES} samples for each channel, from -1 to 1
   * @param packets gets the packets that are ready, none for the first frame, then one for each
   */
  void encode(float[][] planes, PacketSink packets) {
    FfmpegErrors.check(avutil.av_frame_make_writable(frame), "reuse a frame");
    for (int channel = 0; channel < planes.length; channel++) {
      new FloatPointer(frame.data(channel)).put(planes[channel], 0, FRAME_SAMPLES);
    }
    frame.pts(frame.pts() == avutil.AV_NOPTS_VALUE ? 0 : frame.pts() + FRAME_SAMPLES);
    FfmpegErrors.check(avcodec.avcodec_send_frame(context, frame), "encode sound");
    int result;
    while ((result = avcodec.avcodec_receive_packet(context, packet)) >= 0) {
      try {
        packets.packet(packet.data(), packet.size());
      } finally {
        avcodec.av_packet_unref(packet);
      }
    }
    if (result != AVERROR_EAGAIN()) {
      FfmpegErrors.check(result, "encode sound");
    }
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
    avutil.av_frame_free(frame);
    avcodec.avcodec_free_context(context);
  }

  /** Receives what an encoder made. */
  interface PacketSink {
    /**
     * @param data valid during the call only
     */
    void packet(BytePointer data, int size);
  }
}
