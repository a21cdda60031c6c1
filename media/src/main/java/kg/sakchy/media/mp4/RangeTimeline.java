package kg.sakchy.media.mp4;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.MediaTime;

/**
 * Where the cuts of a range stand in the file's time, in ticks of 90 kHz.
 *
 * <p>Within a run the camera's own time goes on unchanged. A new run has a time of its own: it
 * begins where the clock says (REAL_TIME) or where the media before it ends (CLOSED), and never
 * before that end. The end of a run is known by the clock only, so a joint can be off by what the
 * camera's time differs from the clock's over one segment.
 */
final class RangeTimeline {
  private final long leadTicks;
  private final long[] shifts;
  private final long end;

  private RangeTimeline(long leadTicks, long[] shifts, long end) {
    this.leadTicks = leadTicks;
    this.shifts = shifts;
    this.end = end;
  }

  static RangeTimeline of(List<RangeCut> cuts, RangePlan.Gaps gaps, long leadTicks) {
    long[] shifts = new long[cuts.size()];
    RangeCut first = cuts.getFirst();
    shifts[0] = leadTicks - first.startTicks();
    for (int i = 1; i < shifts.length; i++) {
      RangeCut cut = cuts.get(i);
      RangeCut previous = cuts.get(i - 1);
      long previousEnd = previous.endTicks() + shifts[i - 1];
      long start =
          switch (gaps) {
            case CLOSED -> previousEnd;
            case REAL_TIME ->
                Math.max(previousEnd, leadTicks + between(first.start(), cut.start()));
          };
      boolean goesOn =
          cut.follows(previous)
              || (gaps == RangePlan.Gaps.REAL_TIME
                  && cut.sameRun(previous)
                  && cut.segment().sequence() > previous.segment().sequence());
      shifts[i] = goesOn ? shifts[i - 1] : start - cut.startTicks();
    }
    return new RangeTimeline(
        leadTicks, shifts, cuts.getLast().endTicks() + shifts[shifts.length - 1]);
  }

  private static long between(Instant from, Instant to) {
    return MediaTime.ticks(Duration.between(from, to), Segment.TIMESCALE);
  }

  /** What is added to the decode times of cut {@code i}. */
  long shiftTicks(int i) {
    return shifts[i];
  }

  /** Where the last cut ends. */
  long endTicks() {
    return end;
  }

  long durationTicks() {
    return end - leadTicks;
  }
}
