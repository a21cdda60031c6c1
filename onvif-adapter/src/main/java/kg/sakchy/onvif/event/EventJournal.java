package kg.sakchy.onvif.event;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.EventLog;
import kg.sakchy.core.lifecycle.Rounds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events into the log in batches, and keeps them while the log is away, up to a bound; then
 * the newest are dropped and counted.
 *
 * <p>An event that the log refuses for what it is costs itself only, never the others of its batch.
 *
 * <p>Threads: {@link #add} may be called from any thread and never blocks; one virtual thread
 * writes.
 */
public final class EventJournal implements AutoCloseable {
  /** Events of a few minutes of a large site. */
  static final int MAX_WAITING = 50_000;

  static final int BATCH = 500;
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** How long closing waits for a log that is slow, and then for the thread. */
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private static final Logger logger = LoggerFactory.getLogger(EventJournal.class);

  private final EventLog log;
  private final Duration farewell;
  private final Rounds writings;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<CameraEvent> waiting = new ArrayDeque<>();
  private long dropped;
  private boolean closed;

  public EventJournal(EventLog log) {
    this(log, FAREWELL);
  }

  /**
   * @param farewell how long {@link #close} waits before it breaks a write off
   */
  EventJournal(EventLog log, Duration farewell) {
    this.log = log;
    this.farewell = farewell;
    writings = Rounds.whenWoken("event-journal", this::writeAll);
  }

  /** Takes events in order. What comes after {@link #close} is dropped. */
  public void add(List<CameraEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      for (CameraEvent event : events) {
        if (closed || waiting.size() >= MAX_WAITING) {
          dropped++;
        } else {
          waiting.add(event);
        }
      }
      writings.wake(); // within the lock: closing comes before it or after it
    } finally {
      lock.unlock();
    }
  }

  /** How many were lost: the log was away for too long, or refused them. */
  public long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /** How many wait to be written. */
  public int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private void writeAll() {
    try {
      for (List<CameraEvent> batch = next(); !batch.isEmpty(); batch = next()) {
        write(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is written next; none when all is written. */
  private List<CameraEvent> next() {
    lock.lock();
    try {
      List<CameraEvent> batch = new ArrayList<>(Math.min(BATCH, waiting.size()));
      while (batch.size() < BATCH && !waiting.isEmpty()) {
        batch.add(waiting.remove());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void write(List<CameraEvent> batch) throws InterruptedException {
    boolean told = false;
    while (true) {
      try {
        log.append(batch);
        return;
      } catch (VmsException e) {
        if (e.kind() == ErrorKind.INVALID_ARGUMENT) {
          writeApart(batch, e);
          return;
        }
        if (!told) {
          logger.atWarn().log("the event log is away, events wait: {}", e.toLogLine());
          told = true;
        }
        if (writings.closesWithin(AGAIN)) {
          giveUp(batch.size(), e);
          return;
        }
      }
    }
  }

  private void writeApart(List<CameraEvent> batch, VmsException why) throws InterruptedException {
    if (batch.size() > 1) {
      for (CameraEvent event : batch) {
        write(List.of(event));
      }
      return;
    }
    drop(1);
    CameraEvent refused = batch.getFirst();
    logger
        .atWarn()
        .addKeyValue("camera", refused.camera())
        .log("the log refuses an event of {}: {}", refused.topic(), why.toLogLine());
  }

  /** The last attempt was after the close: nobody will come back for what is left. */
  private void giveUp(int unwritten, VmsException why) {
    int lost;
    lock.lock();
    try {
      lost = unwritten + waiting.size();
      waiting.clear();
      dropped += lost;
    } finally {
      lock.unlock();
    }
    logger.atWarn().log("{} events are lost: {}", lost, why.toLogLine());
  }

  private void drop(int events) {
    lock.lock();
    try {
      dropped += events;
    } finally {
      lock.unlock();
    }
  }

  /** Writes what waits, once, and ends; a log that takes too long is not waited for. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    if (!writings.close(farewell)) {
      logger.atWarn().log("the event log took too long; what it did not take is lost");
    }
  }
}
