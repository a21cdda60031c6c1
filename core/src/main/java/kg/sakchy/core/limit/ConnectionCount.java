package kg.sakchy.core.limit;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts connections, in all and of each address, and says which are too many.
 *
 * <p>Threads: safe for use by many threads; never blocks.
 */
public final class ConnectionCount {
  private final int most;
  private final int mostOfAddress;
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentHashMap<String, Integer> byAddress = new ConcurrentHashMap<>();

  /** What becomes of a connection. */
  public enum Entry {
    /** It is counted, until {@link #leave}. */
    TAKEN,
    /** There are as many as there may be. */
    TOO_MANY,
    /** Its address has as many as one may have. */
    TOO_MANY_OF_ADDRESS
  }

  /**
   * @param most in all
   * @param mostOfAddress of one address, as {@link AddressKey} counts them
   */
  public ConnectionCount(int most, int mostOfAddress) {
    this.most = most;
    this.mostOfAddress = mostOfAddress;
  }

  /**
   * Counts a connection, unless it is too many.
   *
   * @param address key of where it comes from
   */
  public Entry enter(String address) {
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      return Entry.TOO_MANY;
    }
    if (byAddress.merge(address, 1, Integer::sum) > mostOfAddress) {
      leave(address);
      return Entry.TOO_MANY_OF_ADDRESS;
    }
    return Entry.TAKEN;
  }

  /** A counted connection is gone. */
  public void leave(String address) {
    open.decrementAndGet();
    byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
  }

  /** How many are counted now. */
  public int open() {
    return open.get();
  }
}
