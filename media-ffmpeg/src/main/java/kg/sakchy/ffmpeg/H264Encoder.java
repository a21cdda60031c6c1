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
import org.bytedeco.javacpp.IntPointer;

/**
 * OpenH264 through libavcodec, fed with RGB pixels: the owner of one encoder and its picture. No B
 * frames and no delay: each picture gives its sample at once.
 */
final class H264Encoder implements AutoCloseable {
  private static final int SPS = 7;
  private static final int PPS = 8;
  private static final int CLOCK_RATE = 90_000;
  private static final int SECONDS_BETWEEN_KEY_FRAMES = 2;

  private final AVCodecContext context;
  private final AVPacket packet;
  private final AVFrame picture;
  private final PictureScaler converter;
  private final TrackFormat.Video format;

  H264Encoder(SceneOptions options) {
    Ffmpeg.init();
    AVCodec codec = avcodec.avcodec_find_encoder_by_name("libopenh264");
    context = FfmpegErrors.allocated(avcodec.avcodec_alloc_context3(codec), "an H.264 encoder");
    packet = avcodec.av_packet_alloc();
    picture = avutil.av_frame_alloc();
    picture.format(avutil.AV_PIX_FMT_BGR0).width(options.width()).height(options.height());
    picture.color_range(avutil.AVCOL_RANGE_JPEG);
    FfmpegErrors.check(avutil.av_frame_get_buffer(picture, 0), "get a picture's buffer");
    converter =
        new PictureScaler(picture, options.width(), options.height(), avutil.AVCOL_RANGE_MPEG);
    try {
      open(codec, options);
      format = format(options);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void open(AVCodec codec, SceneOptions options) {
    try (AVRational timeBase = avutil.av_make_q(1, options.framesPerSecond());
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
  private TrackFormat.Video format(SceneOptions options) {
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
   * @param pixels 0x00RRGGBB, row after row
   */
  void encode(int[] pixels, long frame, Output output) {
    int stride = picture.linesize(0) / Integer.BYTES;
    IntPointer rows = new IntPointer(picture.data(0));
    for (int y = 0; y < picture.height(); y++) {
      rows.position((long) y * stride).put(pixels, y * picture.width(), picture.width());
    }
    AVFrame yuv = converter.scale(picture);
    yuv.pts(frame);
    FfmpegErrors.check(avcodec.avcodec_send_frame(context, yuv), "encode a picture");
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
    converter.close();
    avutil.av_frame_free(picture);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }

  /** Receives samples with NAL lengths of 4 bytes. */
  interface Output {
    void sample(boolean keyFrame, byte[] data);
  }
}
