package kg.sakchy.core.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import kg.sakchy.core.account.SecretHash;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for moments who came in with which secret. While the database is away, who was in stays
 * in for some minutes, as rights do. Nobody who was refused is remembered.
 *
 * <p>Threads: safe for use by many threads; blocks while somebody is looked up.
 */
final class RecentEntries {
  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final Duration WITHOUT_DATABASE = Duration.ofMinutes(5);
  private static final int ENTRIES = 10_000;

  private final VmsClock clock;
  private final Map<SecretHash, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SecretHash, Known> eldest) {
          return size() > ENTRIES;
        }
      };

  RecentEntries(VmsClock clock) {
    this.clock = clock;
  }

  /**
   * Somebody who came in.
   *
   * @param caller whose origin says how, and not yet from where
   * @param expires from this moment on it does not count, whatever is remembered
   */
  record Entry(Caller caller, Instant expires) {
    Caller from(String address) {
      return new Caller(
          caller.account(),
          caller.displayName(),
          caller.origin() + " from " + address,
          caller.scope());
    }
  }

  /** What was found, when, and when it was last tried to find it out again. */
  private record Known(Entry entry, long foundNanos, long triedNanos) {}

  /**
   * Who comes in with a secret.
   *
   * @param lookUp finds it out; fails with UNAUTHENTICATED, and with UNAVAILABLE when that cannot
   *     be found out now
   */
  Entry find(SecretHash secret, Supplier<Entry> lookUp) {
    Known before = lasting(secret);
    if (before != null && isWithin(before.triedNanos(), FRESH)) {
      return before.entry();
    }
    try {
      Entry entry = lookUp.get();
      put(secret, entry, clock.nanoTime());
      return entry;
    } catch (VmsException e) {
      if (e.kind() == ErrorKind.UNAVAILABLE
          && before != null
          && isWithin(before.foundNanos(), WITHOUT_DATABASE)) {
        put(secret, before.entry(), before.foundNanos());
        return before.entry();
      }
      remove(secret);
      throw e;
    }
  }

  private boolean isWithin(long nanos, Duration age) {
    return clock.nanoTime() - nanos < age.toNanos();
  }

  private synchronized @Nullable Known lasting(SecretHash secret) {
    Known found = known.get(secret);
    return found != null && clock.now().isBefore(found.entry().expires()) ? found : null;
  }

  private synchronized void put(SecretHash secret, Entry entry, long foundNanos) {
    known.put(secret, new Known(entry, foundNanos, clock.nanoTime()));
  }

  private synchronized void remove(SecretHash secret) {
    known.remove(secret);
  }
}
