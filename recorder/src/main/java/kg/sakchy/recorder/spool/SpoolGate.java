package kg.sakchy.recorder.spool;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether there is room in the spool. Once shut it opens again only when a little more than
 * nothing is free, so that recording does not flutter.
 *
 * <p>Threads: safe for use by many; looks at the disk at most once a second.
 */
public final class SpoolGate {
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long MIB = 1L << 20;

  private final Spool spool;
  private final long limitBytes;
  private final long reserveBytes;
  private final LongSupplier usableBytes;
  private final VmsClock clock;
  private final AtomicReference<Look> look;

  /**
   * @param limitMiB most that may wait in the spool
   * @param reserveMiB space of the disk that must stay free
   * @param usableBytes what can still be written to the disk
   */
  public SpoolGate(
      Spool spool, int limitMiB, int reserveMiB, LongSupplier usableBytes, VmsClock clock) {
    this.spool = spool;
    this.limitBytes = limitMiB * MIB;
    this.reserveBytes = reserveMiB * MIB;
    this.usableBytes = usableBytes;
    this.clock = clock;
    this.look = new AtomicReference<>(new Look(clock.nanoTime(), judge(false)));
  }

  /** Why nothing may be written now, in words; empty when there is room. */
  public Optional<String> shut() {
    Look last = look.get();
    long now = clock.nanoTime();
    if (now - last.atNanos >= LOOK_NANOS) {
      Look next = new Look(now, judge(last.shut != null));
      look.compareAndSet(last, next);
      last = next;
    }
    return Optional.ofNullable(last.shut);
  }

  private @Nullable String judge(boolean wasShut) {
    long margin = wasShut ? Math.max(16 * MIB, limitBytes / 50) : 0;
    if (spool.bytes() >= limitBytes - margin) {
      return "the spool is full: %d MiB wait for the object store".formatted(spool.bytes() / MIB);
    }
    if (usableBytes.getAsLong() < reserveBytes + margin) {
      return "the spool's disk is full: less than %d MiB are free".formatted(reserveBytes / MIB);
    }
    return null;
  }

  private record Look(long atNanos, @Nullable String shut) {}
}
