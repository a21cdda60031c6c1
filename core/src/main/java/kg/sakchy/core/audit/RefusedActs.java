package kg.sakchy.core.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import kg.sakchy.core.access.Actor;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.lifecycle.Rounds;
import kg.sakchy.core.time.VmsClock;

/**
 * Records what people were refused for want of a right before it began. The first time within a
 * second; when the same account is refused the same again, once an hour, with how often. Of one
 * account so many things are told apart in an hour, and of all together: more of them are one. So
 * who tries everything writes some thirty records an hour, however fast he is.
 *
 * <p>What cannot be recorded because the database is away is recorded, and counted on, later.
 *
 * <p>Threads: safe for use by many threads; {@link #refused} does not block. Has a thread of its
 * own.
 */
public final class RefusedActs implements AutoCloseable {
  /** Things of one account that are told apart. */
  static final int MOST_OF_ONE = 32;

  private static final int MOST = 10_000;
  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration ROUND = Duration.ofSeconds(1);

  /** Whom it is laid to when there is no room to tell who it was. */
  private static final String VARIOUS = "various";

  /** What stands for everything else. */
  private static final String OTHERS = "others";

  private final AuditLog log;
  private final VmsClock clock;
  private final Map<Thing, Count> counts = new HashMap<>(); // guarded by this
  private final Map<String, Integer> things = new HashMap<>(); // of each account; guarded by this
  private final ReentrantLock writing = new ReentrantLock();
  private final Rounds rounds;

  /** What somebody was refused. */
  private record Thing(String actor, String wanted, String object) {}

  /** How often, since it was told last. */
  private static final class Count {
    private final String origin;
    private long times;
    private Instant since = Instant.EPOCH;
    private Instant until = Instant.EPOCH;
    private boolean told;
    private long toldNanos;

    Count(String origin) {
      this.origin = origin;
    }
  }

  /** A record to be written, and what it tells of. */
  private record Due(Thing thing, long times, AuditEvent event) {}

  public RefusedActs(AuditLog log, VmsClock clock) {
    this(log, clock, ROUND);
  }

  /**
   * @param pause how long a first refusal may wait to be recorded
   */
  RefusedActs(AuditLog log, VmsClock clock, Duration pause) {
    this.log = log;
    this.clock = clock;
    rounds = Rounds.every("refused-acts", pause, this::round);
  }

  /**
   * Somebody was refused something.
   *
   * @param wanted what he asked for: an operation, such as {@code getVideo}, or a right
   * @param object of what, such as {@code camera gate}; empty for nothing
   */
  public synchronized void refused(Actor actor, String wanted, String object) {
    Thing thing = place(new Thing(actor.name(), wanted, object));
    Count count =
        counts.computeIfAbsent(
            thing,
            added -> {
              things.merge(added.actor(), 1, Integer::sum);
              return new Count(thing.actor().equals(VARIOUS) ? "" : actor.origin());
            });
    Instant now = clock.now();
    if (count.times++ == 0) {
      count.since = now;
    }
    count.until = now;
  }

  private Thing place(Thing thing) {
    if (counts.containsKey(thing)) {
      return thing;
    }
    Thing others = new Thing(thing.actor(), OTHERS, "");
    boolean room = things.getOrDefault(thing.actor(), 0) < MOST_OF_ONE;
    if (counts.size() < MOST) {
      return room ? thing : others;
    }
    return counts.containsKey(others) ? others : new Thing(VARIOUS, OTHERS, "");
  }

  /** Records what is due. */
  void round() {
    writing.lock();
    try {
      for (Due due : due()) {
        log.append(due.event());
        told(due);
      }
    } catch (VmsException e) {
      // the database is away; the next round tries again
    } finally {
      writing.unlock();
    }
  }

  private synchronized List<Due> due() {
    counts
        .entrySet()
        .removeIf(
            entry -> {
              boolean over = entry.getValue().times == 0 && isOld(entry.getValue());
              if (over) {
                things.computeIfPresent(
                    entry.getKey().actor(), (actor, many) -> many == 1 ? null : many - 1);
              }
              return over;
            });
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue().times > 0)
        .filter(entry -> !entry.getValue().told || isOld(entry.getValue()))
        .map(entry -> due(entry.getKey(), entry.getValue()))
        .toList();
  }

  private boolean isOld(Count count) {
    return clock.nanoTime() - count.toldNanos >= EVERY.toNanos();
  }

  private static Due due(Thing thing, Count count) {
    SortedMap<String, String> details = new TreeMap<>();
    details.put("wanted", thing.wanted());
    details.put("times", Long.toString(count.times));
    details.put("since", count.since.toString());
    return new Due(
        thing,
        count.times,
        new AuditEvent(
            count.until,
            thing.actor(),
            count.origin,
            AuditAction.ACCESS,
            thing.object(),
            "",
            AuditEvent.Result.REFUSED,
            details));
  }

  private synchronized void told(Due due) {
    Count count = counts.get(due.thing());
    if (count != null) {
      count.times -= due.times();
      count.since = count.until;
      count.told = true;
      count.toldNanos = clock.nanoTime();
    }
  }

  /** Records what was not told yet, as far as it can be recorded. */
  @Override
  public void close() {
    synchronized (this) {
      counts.values().forEach(count -> count.told = false);
    }
    rounds.wake();
    rounds.close();
  }
}
