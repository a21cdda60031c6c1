package kg.sakchy.ffmpeg;

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

/** Decodes one key frame: the owner of a decoder and of the picture it made. */
final class KeyFrameDecoder implements AutoCloseable {
  /** 8192 x 4320; a hostile stream may claim 16384 x 16384 in a few bytes. */
  private static final long MOST_PIXELS = 8_192L * 4_320;

  private final AVCodecContext context;
  private final AVPacket packet;
  private final AVFrame picture;

  /**
   * @throws VmsException UNSUPPORTED without a decoder, INVALID_ARGUMENT when the configuration
   *     cannot be right
   */
  KeyFrameDecoder(TrackFormat.Video format) {
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
      context.thread_count(1).max_pixels(MOST_PIXELS);
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
   * Decodes the sample; for once only.
   *
   * @return the picture, which stays this decoder's
   * @throws VmsException DATA_LOSS when the sample makes no picture
   */
  AVFrame decode(byte[] sample) {
    try (NativeBlock block = NativeBlock.copyOf(sample)) {
      packet.data(block.bytes()).size(sample.length).flags(avcodec.AV_PKT_FLAG_KEY);
      int result = avcodec.avcodec_send_packet(context, packet);
      if (result >= 0) {
        result = avcodec.avcodec_send_packet(context, null); // nothing follows: no waiting
      }
      if (result >= 0) {
        result = avcodec.avcodec_receive_frame(context, picture);
      }
      if (result < 0) {
        throw new VmsException(
            ErrorKind.DATA_LOSS, "the key frame cannot be decoded: " + FfmpegErrors.text(result));
      }
      return picture;
    }
  }

  @Override
  public void close() {
    avutil.av_frame_free(picture);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }
}
