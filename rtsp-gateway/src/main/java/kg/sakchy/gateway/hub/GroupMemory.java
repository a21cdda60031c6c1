package kg.sakchy.gateway.hub;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory the groups of pictures kept for viewers may take, all streams together.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class GroupMemory {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  /**
   * @param limit bytes
   */
  public GroupMemory(long limit) {
    this.limit = limit;
  }

  /** Takes {@code bytes}; false, and nothing taken, when there is no room. */
  boolean take(long bytes) {
    if (used.addAndGet(bytes) <= limit) {
      return true;
    }
    used.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    used.addAndGet(-bytes);
  }

  /** Bytes held now. */
  public long used() {
    return used.get();
  }
}
