package kg.sakchy.recorder.gap;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * Turns packet losses into damaged stretches, each from the last good frame to the next key frame.
 * Stretches closer than {@link #JOIN} become one, so a bad line writes a row every few seconds at
 * most and not one per packet.
 *
 * <p>Threads: confined to the stream's lane.
 */
public final class DamageTracker {
  /** Stretches closer than this are one. */
  static final Duration JOIN = Duration.ofSeconds(5);

  /** A stretch longer than this is put, and the next loss begins another. */
  static final Duration LONGEST = Duration.ofSeconds(60);

  private final StreamId stream;
  private final GapSink sink;
  private @Nullable Instant start;
  private @Nullable Instant end;
  private String reason = "";
  private long packets;

  public DamageTracker(StreamId stream, GapSink sink) {
    this.stream = stream;
    this.sink = sink;
  }

  /**
   * Packets are missing.
   *
   * @param lastGood UTC of the end of the last frame before
   */
  public void loss(Instant lastGood, long count, String why) {
    if (start == null) {
      start = lastGood;
      reason = why;
    }
    packets += count;
    end = null;
  }

  /** A key frame mends the picture. Called for every key frame. */
  public void keyFrame(Instant utc) {
    if (start == null) {
      return;
    }
    if (end == null) {
      end = utc;
    }
    if (Duration.between(end, utc).compareTo(JOIN) >= 0
        || Duration.between(start, utc).compareTo(LONGEST) >= 0) {
      put(start, end);
    }
  }

  /** No more frames: what is open ends here. */
  public void close(Instant utc) {
    if (start != null) {
      put(start, end == null ? utc : end);
    }
  }

  private void put(Instant from, Instant to) {
    if (from.isBefore(to)) {
      sink.put(
          new Gap(
              stream,
              Gap.Kind.DAMAGED,
              new TimeRange(from, to),
              GapCause.NETWORK,
              packets == 1 ? reason : reason + "; " + packets + " packets in all"));
    }
    start = null;
    end = null;
    packets = 0;
  }
}
