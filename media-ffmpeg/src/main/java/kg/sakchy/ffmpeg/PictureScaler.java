package kg.sakchy.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;

/**
 * Converts pictures to YUV 4:2:0 of a given size and range with the BT.601 matrix: the owner of one
 * SwsContext and of the picture it fills again and again.
 */
final class PictureScaler implements AutoCloseable {
  /** 1 as swscale's 16.16 fixed point: contrast and saturation unchanged. */
  private static final int ONE = 1 << 16;

  private final SwsContext context;
  private final AVFrame target;

  /**
   * For pictures like {@code source}.
   *
   * @param colorRange of the target, AVCOL_RANGE_JPEG (full) or AVCOL_RANGE_MPEG
   */
  PictureScaler(AVFrame source, int width, int height, int colorRange) {
    target = FfmpegErrors.allocated(avutil.av_frame_alloc(), "a frame");
    target.format(avutil.AV_PIX_FMT_YUV420P).width(width).height(height).color_range(colorRange);
    context = swscale.sws_alloc_context();
    try {
      FfmpegErrors.allocated(context, "a scaler");
      FfmpegErrors.check(avutil.av_frame_get_buffer(target, 0), "get a picture's buffer");
      initialise(source);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The ranges come first, since they decide whether plain copying will do. */
  private void initialise(AVFrame source) {
    int sourceRange = rangeFlag(source);
    int targetRange = rangeFlag(target);
    context
        .src_w(source.width())
        .src_h(source.height())
        .src_format(source.format())
        .src_range(sourceRange)
        .dst_w(target.width())
        .dst_h(target.height())
        .dst_format(target.format())
        .dst_range(targetRange)
        .flags(target.width() < source.width() ? swscale.SWS_AREA : swscale.SWS_BILINEAR);
    FfmpegErrors.check(
        swscale.sws_init_context(context, (SwsFilter) null, (SwsFilter) null), "scale a picture");
    // The result only says that some conversions have no matrix; those need none.
    swscale.sws_setColorspaceDetails(
        context,
        swscale.sws_getCoefficients(source.colorspace()),
        sourceRange,
        swscale.sws_getCoefficients(swscale.SWS_CS_ITU601),
        targetRange,
        0,
        ONE,
        ONE);
  }

  private static int rangeFlag(AVFrame picture) {
    return picture.color_range() == avutil.AVCOL_RANGE_JPEG ? 1 : 0;
  }

  /** The picture converted; stays this scaler's and is overwritten by the next call. */
  AVFrame scale(AVFrame source) {
    FfmpegErrors.check(avutil.av_frame_make_writable(target), "reuse a picture");
    FfmpegErrors.check(
        swscale.sws_scale(
            context,
            source.data(),
            source.linesize(),
            0,
            source.height(),
            target.data(),
            target.linesize()),
        "scale a picture");
    return target;
  }

  @Override
  public void close() {
    swscale.sws_freeContext(context);
    avutil.av_frame_free(target);
  }
}
