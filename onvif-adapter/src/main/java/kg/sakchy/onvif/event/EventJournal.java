package kg.sakchy.onvif.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.EventLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events into the log in batches, and keeps them while the log is away, up to a bound; then
 * the newest are dropped and counted.
 *
 * <p>Threads: {@link #add} may be called from any thread and never blocks; one virtual thread
 * writes.
 */
public final class EventJournal implements AutoCloseable {
  /** Events of a few minutes of a large site. */
  static final int MAX_WAITING = 50_000;

  private static final int BATCH = 500;
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration FAREWELL = Duration.ofSeconds(3);
  private static final Logger logger = LoggerFactory.getLogger(EventJournal.class);

  private final EventLog log;
  private final BlockingQueue<CameraEvent> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
  private final AtomicLong dropped = new AtomicLong();
  private final Thread writer;
  private volatile boolean closed;

  public EventJournal(EventLog log) {
    this.log = log;
    writer = Thread.ofVirtual().name("event-journal").start(this::run);
  }

  /** Takes events in order. */
  public void add(List<CameraEvent> events) {
    for (CameraEvent event : events) {
      if (!waiting.offer(event)) {
        dropped.incrementAndGet();
      }
    }
  }

  /** How many were lost because the log was away for too long. */
  public long dropped() {
    return dropped.get();
  }

  private void run() {
    List<CameraEvent> batch = new ArrayList<>(BATCH);
    try {
      while (!closed || !waiting.isEmpty()) {
        batch.add(waiting.take());
        waiting.drainTo(batch, BATCH - 1);
        write(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      writeOnce(batch); // closing: what could be written is
    }
  }

  private void write(List<CameraEvent> batch) throws InterruptedException {
    boolean told = false;
    while (true) {
      try {
        log.append(batch);
        return;
      } catch (VmsException e) {
        if (!told) {
          logger.atWarn().log("the event log is away, events wait: {}", e.toLogLine());
          told = true;
        }
        Thread.sleep(AGAIN);
      }
    }
  }

  private void writeOnce(List<CameraEvent> rest) {
    waiting.drainTo(rest);
    try {
      if (!rest.isEmpty()) {
        log.append(rest);
      }
    } catch (VmsException e) {
      logger.atWarn().log("{} events are lost: {}", rest.size(), e.toLogLine());
    }
  }

  /** Writes what waits, and ends. */
  @Override
  public void close() {
    closed = true;
    writer.interrupt();
    try {
      writer.join(FAREWELL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
