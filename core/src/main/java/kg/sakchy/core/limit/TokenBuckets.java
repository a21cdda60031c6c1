package kg.sakchy.core.limit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import kg.sakchy.core.time.VmsClock;

/**
 * A {@link TokenBucket} for each of many. Their number is bounded: the one not used for longest
 * gives way, and begins full when it comes back.
 *
 * <p>Threads: safe for use by many threads; never blocks for long.
 */
public final class TokenBuckets {
  private static final int KEYS = 20_000;

  private final VmsClock clock;
  private final TokenBucket.Rate rate;
  private final Map<String, TokenBucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
          return size() > KEYS;
        }
      };

  /**
   * @param rate of each
   */
  public TokenBuckets(VmsClock clock, TokenBucket.Rate rate) {
    this.clock = clock;
    this.rate = rate;
  }

  /** Counts one of a key, and returns zero; or says how long it is until the next. */
  public Duration tryTake(String key) {
    TokenBucket bucket;
    synchronized (buckets) {
      bucket = buckets.computeIfAbsent(key, name -> new TokenBucket(clock, rate));
    }
    return bucket.tryTake();
  }
}
