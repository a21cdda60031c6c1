package kg.sakchy.web.live;

/**
 * How long a frame lasts when the next one is not known yet: as long as the longest of those before
 * it that came lately.
 *
 * <p>A browser drops everything up to the next key frame when a frame begins more than twice the
 * duration of the one before it later (Media Source Extensions, coded frame processing). The
 * longest of late therefore serves better than the mean.
 *
 * <p>Threads: one.
 */
final class FrameSpacing {
  private static final int REMEMBERED = 32;

  private final long[] lately = new long[REMEMBERED];
  private final long least;
  private final long most;
  private int count;

  /**
   * @param usual assumed before anything is known
   * @param most longer ones count as this
   */
  FrameSpacing(long usual, long most) {
    this.most = most;
    least = 1;
    lately[0] = usual;
  }

  /** Two frames were so far apart. */
  void add(long ticks) {
    lately[count++ % REMEMBERED] = Math.clamp(ticks, least, most);
  }

  /** The duration to write. */
  long ticks() {
    long longest = lately[0];
    for (int i = 1; i < Math.min(count, REMEMBERED); i++) {
      longest = Math.max(longest, lately[i]);
    }
    return longest;
  }
}
