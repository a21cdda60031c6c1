package kg.sakchy.ffmpeg;

import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EINVAL;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_ENOENT;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_ENOMEM;

import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** Maps FFmpeg's results to {@link VmsException}. */
final class FfmpegErrors {
  /** Size FFmpeg itself uses for these texts (AV_ERROR_MAX_STRING_SIZE). */
  private static final int TEXT_BYTES = 64;

  private FfmpegErrors() {}

  /**
   * @param doing what failed, completing "could not ..."
   * @return {@code result} when it is no error
   */
  static int check(int result, String doing) {
    if (result < 0) {
      throw error(result, doing);
    }
    return result;
  }

  static VmsException error(int code, String doing) {
    return new VmsException(kind(code), "could not " + doing + ": " + text(code))
        .with("ffmpeg", code);
  }

  /** Result of an allocation. */
  static <P extends Pointer> P allocated(@Nullable P pointer, String what) {
    if (pointer == null || pointer.isNull()) {
      throw new VmsException(ErrorKind.RESOURCE_EXHAUSTED, "no native memory for " + what);
    }
    return pointer;
  }

  static String text(int code) {
    try (BytePointer buffer = new BytePointer(TEXT_BYTES)) {
      avutil.av_strerror(code, buffer, TEXT_BYTES);
      return buffer.getString();
    }
  }

  static ErrorKind kind(int code) {
    if (code == avutil.AVERROR_INVALIDDATA()
        || code == avutil.AVERROR_EOF()
        || code == avutil.AVERROR_PATCHWELCOME()) {
      return ErrorKind.DATA_LOSS;
    }
    if (code == avutil.AVERROR_EXIT()) {
      return ErrorKind.TIMEOUT; // our interrupt callbacks end a call only at its deadline
    }
    if (code == avutil.AVERROR_DECODER_NOT_FOUND()
        || code == avutil.AVERROR_ENCODER_NOT_FOUND()
        || code == avutil.AVERROR_DEMUXER_NOT_FOUND()
        || code == avutil.AVERROR_MUXER_NOT_FOUND()
        || code == avutil.AVERROR_PROTOCOL_NOT_FOUND()) {
      return ErrorKind.UNSUPPORTED;
    }
    if (code == avutil.AVERROR_HTTP_UNAUTHORIZED()) {
      return ErrorKind.UNAUTHENTICATED;
    }
    if (code == avutil.AVERROR_HTTP_FORBIDDEN()) {
      return ErrorKind.PERMISSION_DENIED;
    }
    if (code == avutil.AVERROR_HTTP_NOT_FOUND() || code == AVERROR_ENOENT()) {
      return ErrorKind.NOT_FOUND;
    }
    if (code == AVERROR_ENOMEM()) {
      return ErrorKind.RESOURCE_EXHAUSTED;
    }
    if (code == AVERROR_EINVAL()) {
      return ErrorKind.INVALID_ARGUMENT;
    }
    return socketKind(-code);
  }

  /** Numbers of errno that sockets give, as Linux counts them. */
  private static ErrorKind socketKind(int errno) {
    return switch (errno) {
      case 110 -> ErrorKind.TIMEOUT;
      case 5, 32, 101, 103, 104, 111, 112, 113 -> ErrorKind.UNAVAILABLE;
      default -> ErrorKind.INTERNAL;
    };
  }
}
