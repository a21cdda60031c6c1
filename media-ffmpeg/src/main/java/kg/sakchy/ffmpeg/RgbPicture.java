package kg.sakchy.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;

/** RGB pixels made into the YUV 4:2:0 that encoders take: the owner of both pictures. */
final class RgbPicture implements AutoCloseable {
  private final AVFrame picture;
  private final PictureScaler converter;

  RgbPicture(int width, int height) {
    Ffmpeg.init();
    picture = FfmpegErrors.allocated(avutil.av_frame_alloc(), "a frame");
    picture.format(avutil.AV_PIX_FMT_BGR0).width(width).height(height);
    picture.color_range(avutil.AVCOL_RANGE_JPEG);
    try {
      FfmpegErrors.check(avutil.av_frame_get_buffer(picture, 0), "get a picture's buffer");
      converter = new PictureScaler(picture, width, height, avutil.AVCOL_RANGE_MPEG);
    } catch (RuntimeException e) {
      avutil.av_frame_free(picture);
      throw e;
    }
  }

  /**
   * The picture of these pixels; stays this object's and is overwritten by the next call.
   *
   * @param pixels 0x00RRGGBB, row after row
   */
  AVFrame of(int[] pixels) {
    int stride = picture.linesize(0) / Integer.BYTES;
    IntPointer rows = new IntPointer(picture.data(0));
    for (int y = 0; y < picture.height(); y++) {
      rows.position((long) y * stride).put(pixels, y * picture.width(), picture.width());
    }
    return converter.scale(picture);
  }

  @Override
  public void close() {
    converter.close();
    avutil.av_frame_free(picture);
  }
}
