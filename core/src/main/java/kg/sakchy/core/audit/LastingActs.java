package kg.sakchy.core.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.lifecycle.Rounds;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * Records what people do for a while, such as watching a camera: that it begins, before it does;
 * that it goes on, every hour; and that it has ended, with the time and the stretches of pictures
 * that were really delivered. So eight hours of watching are ten records.
 *
 * <p>What cannot be recorded does not begin. What cannot be recorded later, because the database is
 * away, is recorded as soon as it can be.
 *
 * <p>Threads: safe for use by many threads; beginning blocks, the rest does not. Has a thread of
 * its own.
 */
public final class LastingActs implements AutoCloseable {
  private static final Duration EVERY = Duration.ofHours(1);

  /** Requests that are not further apart are one act. */
  private static final Duration PAUSE = Duration.ofSeconds(60);

  private static final Duration ROUND = Duration.ofSeconds(1);
  private static final int MOST = 50_000;

  private final AuditLog log;
  private final VmsClock clock;
  private final Set<Going> going = ConcurrentHashMap.newKeySet();
  private final Map<LastingAct, Going> byRequests = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong numbers = new AtomicLong();
  private final Rounds rounds;

  /** Somebody's hold on an act that goes on. */
  public interface Hold extends AutoCloseable {
    /** Pictures of a stretch of UTC were delivered. Does not block. */
    void delivered(TimeRange range);

    /** It has ended. Does not block; idempotent. */
    @Override
    void close();
  }

  public LastingActs(AuditLog log, VmsClock clock) {
    this.log = log;
    this.clock = clock;
    rounds = Rounds.every("lasting-acts", ROUND, this::round);
  }

  /**
   * Something begins that ends when the hold is closed.
   *
   * @throws VmsException as {@link AuditLog#append}, and RESOURCE_EXHAUSTED when too much goes on:
   *     it must not begin then
   */
  public Hold begin(LastingAct act) {
    return open(act);
  }

  /**
   * One of many requests that are one act together, as long as no minute passes between them.
   *
   * @param delivered stretch of UTC whose pictures it brings, or null
   * @throws VmsException as {@link #begin}, for the first: it must not be answered then
   */
  public void request(LastingAct act, @Nullable TimeRange delivered) {
    Going open = byRequests.computeIfAbsent(act, this::open);
    open.seenNanos = clock.nanoTime();
    if (delivered != null) {
      open.delivered(delivered);
    }
  }

  private Going open(LastingAct act) {
    if (count.incrementAndGet() > MOST) {
      count.decrementAndGet();
      throw new VmsException(
          ErrorKind.RESOURCE_EXHAUSTED, "too many people watch and steer at a time");
    }
    try {
      Going begun = new Going(act, Long.toString(numbers.incrementAndGet()), clock);
      log.append(act.event(begun.since, begun.details("begin")));
      going.add(begun);
      return begun;
    } catch (RuntimeException e) {
      count.decrementAndGet();
      throw e;
    }
  }

  /** Records what is due. */
  synchronized void round() {
    byRequests.values().removeIf(this::endsBySilence);
    for (Going one : List.copyOf(going)) {
      try {
        record(one);
      } catch (VmsException e) {
        return; // the database is away; the next round tries again
      }
    }
  }

  private boolean endsBySilence(Going one) {
    boolean silent = clock.nanoTime() - one.seenNanos > PAUSE.toNanos();
    if (silent) {
      one.close();
    }
    return silent;
  }

  private void record(Going one) {
    Due due = one.due();
    if (due == null) {
      return;
    }
    try {
      log.append(due.event());
    } catch (VmsException e) {
      one.keep(due.ranges());
      throw e;
    }
    if (due.last()) {
      going.remove(one);
      count.decrementAndGet();
    }
  }

  /** Records that everything has ended, as far as it can be recorded. */
  @Override
  public void close() {
    going.forEach(Going::close);
    rounds.wake();
    rounds.close();
  }

  /**
   * What must be recorded.
   *
   * @param ranges that it tells of
   * @param last whether the act has ended
   */
  private record Due(AuditEvent event, DeliveredRanges ranges, boolean last) {}

  /** One that goes on, or has ended and is not recorded yet. */
  private static final class Going implements Hold {
    private final LastingAct act;
    private final String number;
    private final VmsClock clock;
    private final Instant since;
    private DeliveredRanges ranges = new DeliveredRanges();
    private long writtenNanos;
    private @Nullable Instant ended;
    private volatile long seenNanos;

    Going(LastingAct act, String number, VmsClock clock) {
      this.act = act;
      this.number = number;
      this.clock = clock;
      since = clock.now();
      writtenNanos = clock.nanoTime();
      seenNanos = writtenNanos;
    }

    @Override
    public synchronized void delivered(TimeRange range) {
      ranges.add(range);
    }

    @Override
    public synchronized void close() {
      if (ended == null) {
        ended = clock.now();
      }
    }

    /** What must be recorded now, or null. */
    synchronized @Nullable Due due() {
      Instant end = ended;
      boolean hourly = clock.nanoTime() - writtenNanos >= EVERY.toNanos();
      if (end == null && !hourly && !ranges.areMany()) {
        return null;
      }
      SortedMap<String, String> details = details(end == null ? "goes on" : "end");
      details.put("since", since.toString());
      details.put("until", (end == null ? clock.now() : end).toString());
      details.putAll(ranges.details());
      Due due = new Due(act.event(clock.now(), details), ranges, end != null);
      ranges = new DeliveredRanges();
      writtenNanos = clock.nanoTime();
      return due;
    }

    /** What was not recorded after all is told the next time, within a second or an hour. */
    synchronized void keep(DeliveredRanges untold) {
      ranges.addAll(untold);
    }

    private SortedMap<String, String> details(String phase) {
      SortedMap<String, String> details = new TreeMap<>();
      details.put("act", number);
      details.put("phase", phase);
      return details;
    }
  }
}
