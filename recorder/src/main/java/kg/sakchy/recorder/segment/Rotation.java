package kg.sakchy.recorder.segment;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.camera.StreamId;

/**
 * When a segment is long enough. Each stream changes at its own moment of the minute, so that
 * sealing and uploading are spread evenly, also when all cameras came at once.
 *
 * <p>Threads: immutable.
 */
public final class Rotation {
  private final long lengthMillis;
  private final long phaseMillis;

  public Rotation(StreamId stream, Duration length) {
    this.lengthMillis = length.toMillis();
    // Ids of a series differ in their last character only: spread that over all bits.
    int spread = stream.toString().hashCode() * 0x9E3779B9;
    this.phaseMillis = Math.floorMod((long) spread >>> 8, lengthMillis);
  }

  /**
   * Whether a segment should end before a key frame.
   *
   * @param start of the segment
   * @param now UTC of the key frame
   */
  public boolean due(Instant start, Instant now) {
    boolean halfDone = now.toEpochMilli() - start.toEpochMilli() >= lengthMillis / 2;
    return halfDone && period(start) != period(now);
  }

  private long period(Instant instant) {
    return Math.floorDiv(instant.toEpochMilli() + phaseMillis, lengthMillis);
  }
}
