package kg.sakchy.ffmpeg;

import java.util.LinkedHashMap;
import java.util.Map;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.TrackFormat;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * Pictures of one run in, H.264 of at most {@value #MOST_HEIGHT} lines out, on the same time line:
 * the owner of a decoder, and of a scaler and an encoder that begin with the first picture, whose
 * size they take.
 *
 * <p>Threads: confined to one at a time.
 */
final class PictureTranscoder implements AutoCloseable {
  static final int MOST_HEIGHT = 720;

  private static final int FRAMES_PER_SECOND = 25;

  /** 720p25 at 2 Mbit/s. */
  private static final double BITS_PER_PIXEL = 0.085;

  /** Pictures a decoder may hold back for their order, and more. */
  private static final int MOST_WAITING = 64;

  private final VideoDecoder decoder;
  private final Map<Long, AccessUnit> waiting =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, AccessUnit> eldest) {
          return size() > MOST_WAITING;
        }
      };
  private @Nullable PictureScaler scaler;
  private @Nullable H264Encoder encoder;
  private int sourceWidth;
  private int sourceHeight;
  private int sourceFormat;
  private long lastPts = Long.MIN_VALUE;

  /**
   * @throws kg.sakchy.core.error.VmsException when there is no decoder for the format
   */
  PictureTranscoder(TrackFormat.Video format) {
    decoder = new VideoDecoder(format);
  }

  /** Receives what was made. */
  interface Output {
    /** Pictures of this format follow; called before the first, and when the size changes. */
    void format(TrackFormat.Video format);

    /** A picture, with the times of the one it was made of. */
    void unit(AccessUnit unit);
  }

  /**
   * Takes a picture.
   *
   * @param encode false to leave out what comes of it; the decoder needs it all the same
   * @param keyFrame whether what comes of it must be a key frame
   * @return how many pictures were made
   * @throws kg.sakchy.core.error.VmsException DATA_LOSS when it cannot be decoded
   */
  int push(AccessUnit unit, boolean encode, boolean keyFrame, Output output) {
    waiting.put(unit.pts(), unit);
    decoder.send(unit.data(), unit.pts(), unit.keyFrame());
    int made = 0;
    while (decoder.receive()) {
      AVFrame picture = decoder.picture();
      long pts = picture.best_effort_timestamp();
      AccessUnit origin = waiting.remove(pts);
      if (encode && pts > lastPts) {
        lastPts = pts;
        encode(picture, origin == null ? unit : origin, pts, keyFrame && made == 0, output);
        made++;
      }
    }
    return made;
  }

  private void encode(
      AVFrame picture, AccessUnit origin, long pts, boolean keyFrame, Output output) {
    H264Encoder to = encoder;
    PictureScaler by = scaler;
    if (to == null || by == null || !isOfSize(picture)) {
      closeEncoder();
      sourceWidth = picture.width();
      sourceHeight = picture.height();
      sourceFormat = picture.format();
      int height = Math.min(MOST_HEIGHT, sourceHeight) & ~1;
      int width = (int) ((long) sourceWidth * height / sourceHeight) & ~1;
      by = new PictureScaler(picture, width, height, avutil.AVCOL_RANGE_MPEG);
      scaler = by;
      to = new H264Encoder(options(width, height));
      encoder = to;
      output.format(to.format());
    }
    to.encode(
        by.scale(picture),
        pts,
        keyFrame,
        (key, data) ->
            output.unit(
                new AccessUnit(
                    origin.track(), pts, pts, key, data, origin.arrival(), origin.arrivalNanos())));
  }

  private static H264Encoder.Options options(int width, int height) {
    int bits = (int) (width * height * FRAMES_PER_SECOND * BITS_PER_PIXEL);
    return new H264Encoder.Options(width, height, FRAMES_PER_SECOND, H264Encoder.CLOCK_RATE, bits);
  }

  private boolean isOfSize(AVFrame picture) {
    return picture.width() == sourceWidth
        && picture.height() == sourceHeight
        && picture.format() == sourceFormat;
  }

  private void closeEncoder() {
    if (scaler != null) {
      scaler.close();
      scaler = null;
    }
    if (encoder != null) {
      encoder.close();
      encoder = null;
    }
  }

  @Override
  public void close() {
    decoder.close();
    closeEncoder();
  }
}
