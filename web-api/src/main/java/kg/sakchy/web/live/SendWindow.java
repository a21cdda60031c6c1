package kg.sakchy.web.live;

import java.util.ArrayDeque;
import java.util.Deque;
import kg.sakchy.core.recording.Segment;

/**
 * How much archived media a client has been sent and has not played: so much and no more, in time
 * and in bytes.
 *
 * <p>Threads: one.
 */
final class SendWindow {
  private static final long USUAL_TICKS = 10L * Segment.TIMESCALE;
  private static final long MOST_BYTES = 8 << 20;

  private final Deque<Sent> ahead = new ArrayDeque<>();
  private final long mostTicks;
  private long bytes;

  private record Sent(long start, long end, int bytes) {}

  /**
   * @param speed at which the client plays
   */
  SendWindow(double speed) {
    mostTicks = (long) (USUAL_TICKS * Math.max(1, speed));
  }

  /** A piece of media has been sent. */
  void sent(long start, long end, int size) {
    ahead.add(new Sent(start, end, size));
    bytes += size;
  }

  /** Whether a client that has played up to {@code position} needs more. */
  boolean hasRoom(long position) {
    return fills(position) < 1;
  }

  /** Whether it has half as much again as it needs: time to stop in the middle of a group. */
  boolean isOverfull(long position) {
    return fills(position) > 1.5;
  }

  private double fills(long position) {
    while (!ahead.isEmpty() && ahead.getFirst().end() <= position) {
      bytes -= ahead.removeFirst().bytes();
    }
    if (ahead.isEmpty()) {
      return 0;
    }
    long from = Math.max(position, ahead.getFirst().start());
    double ofTime = (ahead.getLast().end() - from) / (double) mostTicks;
    return Math.max(ofTime, bytes / (double) MOST_BYTES);
  }
}
