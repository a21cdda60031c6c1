package kg.sakchy.media.codec;

import java.util.Arrays;

/**
 * Finds decoding times for pictures that arrive in decoding order with presentation times only, as
 * RTP sends them, without waiting for a later picture.
 *
 * <p>With a reorder depth N (at most N pictures precede any picture in decoding order and follow it
 * in output order), the decoding time of picture n is the (n-N)-th smallest presentation time seen
 * so far; it never exceeds the picture's own. The first N pictures have no such time; theirs step
 * back from the first presentation time by one frame duration each. A depth of 0 gives {@code dts =
 * pts}.
 *
 * <p>Threads: confined to one; one instance serves one run.
 */
final class DecodeOrder {
  /** Most pictures that H.264 and H.265 let wait for their turn. */
  static final int MAX_DEPTH = 16;

  private final int depth;
  private final long frameTicks;

  /** Presentation times whose turn as a decoding time has not come, rising. */
  private final long[] waiting;

  /** The last presentation times in order of arrival, a ring. */
  private final long[] recent = new long[MAX_DEPTH + 1];

  private int waitingSize;
  private long count;
  private long first;
  private long last;

  /**
   * @param depth N, 0 to {@link #MAX_DEPTH}
   * @param frameTicks assumed duration of a frame, over 0, for the first N pictures only
   */
  DecodeOrder(int depth, long frameTicks) {
    this.depth = depth;
    this.frameTicks = frameTicks;
    this.waiting = new long[depth + 1];
  }

  int depth() {
    return depth;
  }

  /** Pictures timed so far. */
  long count() {
    return count;
  }

  /** Presentation time of the first picture. */
  long first() {
    return first;
  }

  /**
   * Whether the next picture has a decoding time that rises, and is not shown before the first. If
   * not, the run cannot go on with this depth, and {@link #next} must not be called.
   */
  boolean accepts(long pts) {
    return count == 0 || (pts >= first && decodeTime(pts) > last);
  }

  /** The decoding time of the next picture. */
  long next(long pts) {
    if (count == 0) {
      first = pts;
    }
    last = decodeTime(pts);
    insert(pts);
    recent[(int) (count % recent.length)] = pts;
    count++;
    return last;
  }

  /**
   * The depth that would have accepted a picture: how many of the last pictures are shown after it.
   * Over {@link #MAX_DEPTH} if all are, which means that time went back.
   */
  int depthNeeded(long pts) {
    int later = 0;
    int known = (int) Math.min(count, recent.length);
    for (int i = 0; i < known; i++) {
      if (recent[i] > pts) {
        later++;
      }
    }
    return later == known ? MAX_DEPTH + 1 : later;
  }

  private long decodeTime(long pts) {
    return count < depth
        ? (count == 0 ? pts : first) - (depth - count) * frameTicks
        : waitingSize == 0 ? pts : Math.min(pts, waiting[0]);
  }

  private void insert(long pts) {
    if (count >= depth && waitingSize > 0 && waiting[0] <= pts) {
      System.arraycopy(waiting, 1, waiting, 0, --waitingSize);
    } else if (count >= depth) {
      return;
    }
    int at = Arrays.binarySearch(waiting, 0, waitingSize, pts);
    at = at < 0 ? -at - 1 : at;
    System.arraycopy(waiting, at, waiting, at + 1, waitingSize - at);
    waiting[at] = pts;
    waitingSize++;
  }
}
