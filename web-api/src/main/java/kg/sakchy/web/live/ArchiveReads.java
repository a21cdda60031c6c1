package kg.sakchy.web.live;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets so many viewers at a time read from the archive; the others wait for their turn.
 *
 * <p>Threads: safe for use by many threads; blocks.
 */
final class ArchiveReads {
  private final Semaphore turns;

  /**
   * @param most at a time
   */
  ArchiveReads(int most) {
    turns = new Semaphore(most, true);
  }

  /** Reads when it is its turn. */
  <T> T read(Supplier<T> work) {
    turns.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }
}
