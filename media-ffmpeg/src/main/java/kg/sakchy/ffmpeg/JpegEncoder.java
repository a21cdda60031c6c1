package kg.sakchy.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Encodes full-range YUV 4:2:0 pictures as JFIF files: the owner of one encoder. */
final class JpegEncoder implements AutoCloseable {
  /** FFmpeg's scale, 1 (best) to 31. */
  private static final int QUALITY = 3;

  private final AVCodecContext context;
  private final AVPacket packet;

  JpegEncoder(int width, int height) {
    AVCodec codec = avcodec.avcodec_find_encoder(avcodec.AV_CODEC_ID_MJPEG);
    context = FfmpegErrors.allocated(avcodec.avcodec_alloc_context3(codec), "a JPEG encoder");
    packet = avcodec.av_packet_alloc();
    // An aspect ratio makes the encoder write the JFIF header; bitexact leaves its comment out.
    try (AVRational timeBase = avutil.av_make_q(1, 25);
        AVRational square = avutil.av_make_q(1, 1)) {
      FfmpegErrors.allocated(packet, "a packet");
      context
          .width(width)
          .height(height)
          .pix_fmt(avutil.AV_PIX_FMT_YUV420P)
          .color_range(avutil.AVCOL_RANGE_JPEG)
          .time_base(timeBase)
          .sample_aspect_ratio(square)
          .thread_count(1)
          .global_quality(QUALITY * avutil.FF_QP2LAMBDA)
          .flags(avcodec.AV_CODEC_FLAG_QSCALE | avcodec.AV_CODEC_FLAG_BITEXACT);
      FfmpegErrors.check(
          avcodec.avcodec_open2(context, codec, (AVDictionary) null), "open a JPEG encoder");
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  byte[] encode(AVFrame picture) {
    picture.pts(0).quality(QUALITY * avutil.FF_QP2LAMBDA);
    FfmpegErrors.check(avcodec.avcodec_send_frame(context, picture), "encode a JPEG");
    FfmpegErrors.check(avcodec.avcodec_receive_packet(context, packet), "encode a JPEG");
    byte[] jpeg = new byte[packet.size()];
    packet.data().get(jpeg);
    return jpeg;
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }
}
