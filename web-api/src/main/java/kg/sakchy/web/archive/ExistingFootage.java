package kg.sakchy.web.archive;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;

/** Says in words what is recorded of a stream, to somebody who asked for what is not. */
public final class ExistingFootage {
  private static final Duration RECENT = Duration.ofDays(1);

  private final Archive archive;

  public ExistingFootage(Archive archive) {
    this.archive = archive;
  }

  /**
   * The answer to a question for something that does not exist.
   *
   * @param wanted what was asked for: "nothing is recorded from ... to ..."
   */
  public VmsException missing(StreamId stream, String wanted, Instant now) {
    TimeRange all = new TimeRange(Instant.EPOCH, now.plus(RECENT));
    List<Segment> first = archive.segments(stream, all, 1);
    if (first.isEmpty()) {
      return notFound(wanted + "; there are no recordings of " + stream.camera() + " at all");
    }
    Instant begin = first.getFirst().range().start();
    return notFound(wanted + "; recordings reach from " + begin + " to " + end(stream, begin, now));
  }

  /** The end of the last recorded stretch; looks at the last day first, the usual case. */
  private Instant end(StreamId stream, Instant begin, Instant now) {
    Instant horizon = now.plus(RECENT);
    Instant recently = now.minus(RECENT);
    if (recently.isAfter(begin)) {
      List<TimeRange> recent =
          archive.timeline(stream, new TimeRange(recently, horizon)).recorded();
      if (!recent.isEmpty()) {
        return recent.getLast().end();
      }
    }
    List<TimeRange> all = archive.timeline(stream, new TimeRange(begin, horizon)).recorded();
    return all.isEmpty() ? begin : all.getLast().end();
  }

  private static VmsException notFound(String message) {
    return new VmsException(ErrorKind.NOT_FOUND, message);
  }
}
