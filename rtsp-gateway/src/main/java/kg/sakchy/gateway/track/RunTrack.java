package kg.sakchy.gateway.track;

import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.TrackFormat;
import org.jspecify.annotations.Nullable;

/** What {@link RunAssembler} knows of one track. */
final class RunTrack {
  /** {@link #index} of a track that is not part of the run. */
  static final int ABSENT = -1;

  final Codec codec;

  /** Format of the run that is going on or comes next; null until the track was heard. */
  @Nullable TrackFormat format;

  /** Index in the run's format. */
  int index = ABSENT;

  /** Whether its times left the run's line, so that it must wait for the next run. */
  boolean broken;

  /** Whether a run began without it because it was silent, and that was reported. */
  boolean givenUp;

  /** Units thrown away while {@link #broken}. */
  long dropped;

  /** The last report with the track's place in {@link RunAssembler}'s order, or null. */
  @Nullable SenderReport report;

  private long lastDts = Long.MIN_VALUE;

  RunTrack(Codec codec) {
    this.codec = codec;
  }

  Codec.Kind kind() {
    return codec.kind();
  }

  /** A run begins with this track at {@code newIndex}, or without it. */
  void join(int newIndex) {
    index = newIndex;
    broken = false;
    dropped = 0;
    lastDts = Long.MIN_VALUE;
  }

  /** Whether nothing of it was delivered in this run yet. */
  boolean isFresh() {
    return lastDts == Long.MIN_VALUE;
  }

  /** Whether a unit may follow the ones before it in this run. */
  boolean accepts(long dts) {
    if (broken || dts <= lastDts) {
      broken = true;
      dropped++;
      return false;
    }
    lastDts = dts;
    return true;
  }
}
