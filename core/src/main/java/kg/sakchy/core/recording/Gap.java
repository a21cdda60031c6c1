package kg.sakchy.core.recording;

import java.util.Locale;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.time.TimeRange;

/**
 * A stretch of a stream that should have been recorded and was not, or not whole. Identified by
 * stream, kind and start.
 *
 * @param stream the stream
 * @param kind whether pictures are missing or damaged
 * @param range the stretch; for a gap still going on, up to when it was last looked at
 * @param cause whose fault
 * @param detail one sentence for people; no credentials
 */
public record Gap(StreamId stream, Kind kind, TimeRange range, GapCause cause, String detail) {
  /** How bad it is. */
  public enum Kind {
    /** No pictures at all. */
    MISSING,
    /**
     * Pictures are there, but packets were lost: decoding may show errors until the next key frame.
     */
    DAMAGED;

    /** Lower-case name, as in the API and the database. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
