package kg.sakchy.ffmpeg;

import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.TrackFormat;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Decodes H.264, H.265 or JPEG on one thread and without more delay than the stream's own order
 * asks for: the owner of a decoder and of the picture it made last.
 *
 * <p>Threads: confined to one at a time.
 */
final class VideoDecoder implements AutoCloseable {
  /** 8192 x 4320; a hostile stream may claim 16384 x 16384 in a few bytes. */
  private static final long MOST_PIXELS = 8_192L * 4_320;

  private final AVCodecContext context;
  private final AVPacket packet;
  private final AVFrame picture;

  /**
   * @throws VmsException UNSUPPORTED without a decoder, INVALID_ARGUMENT when the configuration
   *     cannot be right
   */
  VideoDecoder(TrackFormat.Video format) {
    AVCodec codec = avcodec.avcodec_find_decoder(CodecParameters.idOf(format.codec()));
    if (codec == null) {
      throw new VmsException(ErrorKind.UNSUPPORTED, "no decoder for " + format.codec());
    }
    context = FfmpegErrors.allocated(avcodec.avcodec_alloc_context3(codec), "a decoder");
    packet = avcodec.av_packet_alloc();
    picture = avutil.av_frame_alloc();
    try {
      FfmpegErrors.allocated(packet, "a packet");
      FfmpegErrors.allocated(picture, "a frame");
      setParameters(format);
      context
          .thread_count(1)
          .max_pixels(MOST_PIXELS)
          .flags(context.flags() | avcodec.AV_CODEC_FLAG_LOW_DELAY);
      FfmpegErrors.check(
          avcodec.avcodec_open2(context, codec, (AVDictionary) null), "open a decoder");
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void setParameters(TrackFormat.Video format) {
    AVCodecParameters parameters =
        FfmpegErrors.allocated(avcodec.avcodec_parameters_alloc(), "codec parameters");
    try {
      CodecParameters.fill(parameters, format);
      FfmpegErrors.check(
          avcodec.avcodec_parameters_to_context(context, parameters), "set up a decoder");
    } finally {
      avcodec.avcodec_parameters_free(parameters);
    }
  }

  /**
   * Takes a sample in; the pictures made before must be received first.
   *
   * @param pts comes back with its picture
   * @throws VmsException DATA_LOSS when it cannot be decoded
   */
  void send(byte[] sample, long pts, boolean keyFrame) {
    try (NativeBlock block = NativeBlock.copyOf(sample)) {
      packet
          .data(block.bytes())
          .size(sample.length)
          .pts(pts)
          .flags(keyFrame ? avcodec.AV_PKT_FLAG_KEY : 0);
      int result = avcodec.avcodec_send_packet(context, packet);
      packet.data(null).size(0);
      if (result < 0) {
        throw new VmsException(
            ErrorKind.DATA_LOSS, "a picture cannot be decoded: " + FfmpegErrors.text(result));
      }
    }
  }

  /** Nothing follows: pictures that wait for others come out now. */
  void end() {
    FfmpegErrors.check(avcodec.avcodec_send_packet(context, null), "end decoding");
  }

  /**
   * Makes the next picture that is ready, into {@link #picture}.
   *
   * @return false when there is none
   * @throws VmsException DATA_LOSS when it cannot be decoded
   */
  boolean receive() {
    int result = avcodec.avcodec_receive_frame(context, picture);
    if (result == AVERROR_EAGAIN() || result == avutil.AVERROR_EOF()) {
      return false;
    }
    if (result < 0) {
      throw new VmsException(
          ErrorKind.DATA_LOSS, "a picture cannot be decoded: " + FfmpegErrors.text(result));
    }
    return true;
  }

  /** The picture received last; stays this decoder's. */
  AVFrame picture() {
    return picture;
  }

  @Override
  public void close() {
    avutil.av_frame_free(picture);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }
}
