package kg.sakchy.storage.catalogue;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.lifecycle.Rounds;
import kg.sakchy.core.time.VmsClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps partitions ready for the days to come, drops those of segments that are long gone when they
 * are empty, and those of events when they are older than events are kept: when the database
 * becomes usable and then every hour.
 *
 * <p>Threads: has one of its own.
 */
final class PartitionKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionKeeper.class);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);
  private static final int DAYS_AHEAD = 3;

  /** A segment can still come late, out of the spool of a server that was down. */
  private static final int EMPTY_DAYS_KEPT = 7;

  private final DayPartitions segments;
  private final DayPartitions events;
  private final int eventDays;
  private final VmsClock clock;
  private final Rounds rounds;

  /**
   * @param eventDays for how many whole days events are kept
   */
  PartitionKeeper(DayPartitions segments, DayPartitions events, int eventDays, VmsClock clock) {
    this.segments = segments;
    this.events = events;
    this.eventDays = eventDays;
    this.clock = clock;
    rounds = Rounds.every("partitions", EVERY, this::round);
  }

  /** Asks for a round now. */
  void wake() {
    rounds.wake();
  }

  @Override
  public void close() {
    rounds.close(CLOSE_LIMIT); // it may hang in a statement
  }

  private void round() {
    LocalDate today = LocalDate.ofInstant(clock.now(), ZoneOffset.UTC);
    try {
      segments.makeAhead(today, DAYS_AHEAD);
      events.makeAhead(today, DAYS_AHEAD);
      List<String> dropped =
          new ArrayList<>(segments.dropEmptyBefore(today.minusDays(EMPTY_DAYS_KEPT)));
      dropped.addAll(events.dropBefore(today.minusDays(eventDays)));
      if (!dropped.isEmpty()) {
        LOG.atInfo().addKeyValue("partitions", dropped).log("dropped old partitions");
      }
    } catch (VmsException e) {
      LOG.atDebug().setCause(e).log("partitions wait for the next round");
    }
  }
}
