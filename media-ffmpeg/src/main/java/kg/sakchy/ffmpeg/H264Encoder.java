package kg.sakchy.ffmpeg;

import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.NalUnits;
import kg.sakchy.media.codec.h264.AvcConfig;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * OpenH264 through libavcodec: the owner of one encoder. No B frames and no delay: each picture
 * gives its sample at once.
 */
final class H264Encoder implements AutoCloseable {
  private static final int SPS = 7;
  private static final int PPS = 8;
  static final int CLOCK_RATE = 90_000;
  private static final int SECONDS_BETWEEN_KEY_FRAMES = 2;

  private final AVCodecContext context;
  private final AVPacket packet;
  private final TrackFormat.Video format;

  /**
   * What is encoded.
   *
   * @param width even
   * @param height even
   * @param framesPerSecond for the rate control
   * @param ticksPerSecond of the times given to {@link #encode}
   * @param bitsPerSecond to be aimed at
   */
  record Options(
      int width, int height, int framesPerSecond, int ticksPerSecond, int bitsPerSecond) {}

  H264Encoder(Options options) {
    Ffmpeg.init();
    AVCodec codec = avcodec.avcodec_find_encoder_by_name("libopenh264");
    context = FfmpegErrors.allocated(avcodec.avcodec_alloc_context3(codec), "an H.264 encoder");
    packet = avcodec.av_packet_alloc();
    try {
      open(codec, options);
      format = format(options);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void open(AVCodec codec, Options options) {
    try (AVRational timeBase = avutil.av_make_q(1, options.ticksPerSecond());
        AVRational frameRate = avutil.av_make_q(options.framesPerSecond(), 1)) {
      context
          .width(options.width())
          .height(options.height())
          .pix_fmt(avutil.AV_PIX_FMT_YUV420P)
          .time_base(timeBase)
          .framerate(frameRate)
          .gop_size(options.framesPerSecond() * SECONDS_BETWEEN_KEY_FRAMES)
          .bit_rate(options.bitsPerSecond())
          .thread_count(1)
          .flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
      FfmpegErrors.check(
          avcodec.avcodec_open2(context, codec, (AVDictionary) null), "open an H.264 encoder");
    }
  }

  /** The parameter sets are in the encoder's extra data, behind start codes. */
  private TrackFormat.Video format(Options options) {
    byte[] extra = new byte[context.extradata_size()];
    context.extradata().get(extra);
    List<Bytes> sets = NalUnits.splitByteStream(extra);
    AvcConfig config = new AvcConfig(ofType(sets, SPS), ofType(sets, PPS));
    return new TrackFormat.Video(
        Codec.H264,
        CLOCK_RATE,
        config.encode(),
        options.width(),
        options.height(),
        config.codecString());
  }

  private static List<Bytes> ofType(List<Bytes> nals, int type) {
    return nals.stream().filter(nal -> (nal.at(0) & 0x1f) == type).toList();
  }

  TrackFormat.Video format() {
    return format;
  }

  /**
   * Encodes one picture.
   *
   * @param picture YUV 4:2:0 of the encoder's size; only read, but for its time and type
   * @param time in ticks, rising
   * @param keyFrame whether it must become a key frame; else the encoder decides
   */
  void encode(AVFrame picture, long time, boolean keyFrame, Output output) {
    picture.pts(time);
    picture.pict_type(keyFrame ? avutil.AV_PICTURE_TYPE_I : avutil.AV_PICTURE_TYPE_NONE);
    FfmpegErrors.check(avcodec.avcodec_send_frame(context, picture), "encode a picture");
    int result;
    while ((result = avcodec.avcodec_receive_packet(context, packet)) >= 0) {
      byte[] stream = new byte[packet.size()];
      packet.data().get(stream);
      boolean key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
      avcodec.av_packet_unref(packet);
      output.sample(key, lengthPrefixed(NalUnits.splitByteStream(stream)));
    }
    if (result != AVERROR_EAGAIN()) {
      FfmpegErrors.check(result, "encode a picture");
    }
  }

  private static byte[] lengthPrefixed(List<Bytes> nals) {
    ByteArrayOutputStream sample = new ByteArrayOutputStream();
    for (Bytes nal : nals) {
      sample.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(nal.size()).array());
      sample.writeBytes(nal.toByteArray());
    }
    return sample.toByteArray();
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }

  /** Receives samples with NAL lengths of 4 bytes. */
  interface Output {
    void sample(boolean keyFrame, byte[] data);
  }
}
