package kg.sakchy.web.live;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.time.TimeRange;

/**
 * Why a stretch of the archive cannot be shown.
 *
 * @param cause whose fault
 * @param detail one sentence for people; may be empty
 */
record MissingFootage(GapCause cause, String detail) {
  /** Only the end of a long gap is looked up. */
  private static final Duration LEDGER = Duration.ofHours(1);

  /** What the ledger says of a stretch; its end counts. */
  static MissingFootage of(Archive archive, StreamId stream, TimeRange missing) {
    Instant from = missing.end().minus(LEDGER);
    TimeRange asked =
        new TimeRange(from.isAfter(missing.start()) ? from : missing.start(), missing.end());
    List<Gap> gaps = archive.timeline(stream, asked).gaps();
    return gaps.reversed().stream()
        .filter(gap -> gap.kind() == Gap.Kind.MISSING)
        .findFirst()
        .map(gap -> new MissingFootage(gap.cause(), gap.detail()))
        .orElse(new MissingFootage(GapCause.UNKNOWN, ""));
  }
}
