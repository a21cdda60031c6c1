package kg.sakchy.recorder.spool;

import java.io.IOException;
import java.util.Locale;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/** Maps what the file system throws. */
public final class SpoolErrors {
  private SpoolErrors() {}

  /**
   * A failure of the spool's disk.
   *
   * @param what was tried, as in "cannot write the segment"
   */
  public static VmsException of(String what, IOException cause) {
    String reason = cause.getMessage() == null ? "" : cause.getMessage();
    boolean full = reason.toLowerCase(Locale.ROOT).contains("no space left");
    return new VmsException(
        full ? ErrorKind.RESOURCE_EXHAUSTED : ErrorKind.UNAVAILABLE,
        what + ": " + (full ? "the spool's disk is full" : "the spool's disk failed: " + reason),
        cause);
  }
}
