package kg.sakchy.recorder.ingest;

import java.util.concurrent.atomic.AtomicLong;

/** How much media may wait in memory for the disk, over all streams. Threads: any; never blocks. */
public final class MemoryBudget {
  private final long limitBytes;
  private final AtomicLong used = new AtomicLong();

  public MemoryBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Takes {@code bytes}, or nothing and returns false when they would exceed the limit. */
  boolean tryTake(long bytes) {
    if (used.addAndGet(bytes) <= limitBytes) {
      return true;
    }
    used.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    used.addAndGet(-bytes);
  }

  public long usedBytes() {
    return used.get();
  }
}
