package kg.sakchy.media.mp4;

import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/** The errors of this package, in one wording. */
final class Mp4Errors {
  private Mp4Errors() {}

  /** Bytes that break the format. */
  static VmsException malformed(String what) {
    return new VmsException(ErrorKind.DATA_LOSS, "malformed MP4: " + what);
  }

  /** Valid MP4 that is not for us. */
  static VmsException unsupported(String what) {
    return new VmsException(ErrorKind.UNSUPPORTED, "unsupported MP4: " + what);
  }
}
