package kg.sakchy.ffmpeg;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.picture.KeyFramePictures;
import kg.sakchy.core.stream.TrackFormat;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Stills of H.264, H.265 and JPEG key frames, decoded, made smaller and encoded by FFmpeg on
 * {@value #THREADS} platform threads of its own, with a queue of {@value #WAITING} calls before
 * them. Each call has its own decoder, so that a hostile sample spoils nothing for the next.
 */
public final class FfmpegKeyFramePictures implements KeyFramePictures, AutoCloseable {
  private static final int THREADS = 2;
  private static final int WAITING = 32;
  private static final int LARGEST_SAMPLE_BYTES = 32 << 20;
  private static final long IDLE_SECONDS = 30;
  private static final long CLOSE_SECONDS = 10;

  private final ThreadPoolExecutor pool;

  public FfmpegKeyFramePictures() {
    Ffmpeg.init();
    pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("still-picture-", 0).daemon().factory());
    pool.allowCoreThreadTimeOut(true);
  }

  /** Interrupting the caller ends its wait with CANCELLED. */
  @Override
  public byte[] jpeg(TrackFormat.Video format, byte[] sample, int maxWidth) {
    if (sample.length == 0 || sample.length > LARGEST_SAMPLE_BYTES) {
      throw new VmsException(
          ErrorKind.DATA_LOSS, "a key frame of " + sample.length + " bytes cannot be decoded");
    }
    if (maxWidth < 0) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "a picture width of " + maxWidth);
    }
    return await(submit(format, sample, maxWidth));
  }

  private Future<byte[]> submit(TrackFormat.Video format, byte[] sample, int maxWidth) {
    try {
      return pool.submit(() -> make(format, sample, maxWidth));
    } catch (RejectedExecutionException e) {
      throw new VmsException(
          pool.isShutdown() ? ErrorKind.UNAVAILABLE : ErrorKind.RESOURCE_EXHAUSTED,
          pool.isShutdown() ? "still pictures are closed" : "too many still pictures are wanted",
          e);
    }
  }

  private static byte[] await(Future<byte[]> picture) {
    try {
      return picture.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof VmsException known) {
        throw known;
      }
      throw new VmsException(ErrorKind.INTERNAL, "a still picture failed", e.getCause());
    } catch (InterruptedException e) {
      picture.cancel(false);
      Thread.currentThread().interrupt();
      throw new VmsException(ErrorKind.CANCELLED, "nobody waits for the still picture", e);
    }
  }

  private static byte[] make(TrackFormat.Video format, byte[] sample, int maxWidth) {
    try (KeyFrameDecoder decoder = new KeyFrameDecoder(format)) {
      AVFrame picture = decoder.decode(sample);
      int width = maxWidth == 0 ? picture.width() : Math.min(maxWidth, picture.width());
      long height = (long) picture.height() * width / picture.width();
      try (PictureScaler scaler =
              new PictureScaler(
                  picture, width, (int) Math.max(1, height), avutil.AVCOL_RANGE_JPEG);
          JpegEncoder encoder = new JpegEncoder(width, (int) Math.max(1, height))) {
        return encoder.encode(scaler.scale(picture));
      }
    }
  }

  /** Calls under way are finished, those that wait end with UNAVAILABLE. */
  @Override
  public void close() {
    pool.shutdownNow().forEach(waiting -> ((Future<?>) waiting).cancel(false));
    try {
      if (!pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        throw new VmsException(ErrorKind.TIMEOUT, "a still picture does not come to its end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
