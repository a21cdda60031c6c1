package kg.sakchy.onvif.event;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Documents of one camera that wait to be read: in order, off the event loop that brought them, and
 * no more than a bound.
 *
 * <p>Threads: {@link #offer} and {@link #close} may be called from any thread and never block;
 * documents are read one after the other on a virtual thread that exists while there are some.
 */
public final class Inbox {
  /** Room for the documents of a camera: one of the largest allowed, or some hundred usual ones. */
  public static final int MAX_WAITING_BYTES = 1 << 20;

  /** What a waiting document costs besides its bytes. */
  private static final int OVERHEAD_BYTES = 64;

  private static final Logger log = LoggerFactory.getLogger(Inbox.class);

  private final String name;
  private final Consumer<byte[]> reader;
  private final Deque<byte[]> waiting = new ArrayDeque<>(2);
  private int waitingBytes;
  private boolean reading;
  private boolean closed;

  /**
   * @param name for the thread and the log
   * @param reader is given each document; may block. What it throws costs that document only
   */
  public Inbox(String name, Consumer<byte[]> reader) {
    this.name = name;
    this.reader = reader;
  }

  /**
   * Takes a document.
   *
   * @param document nobody changes it any more
   * @return false if there was no room and it is lost
   */
  public synchronized boolean offer(byte[] document) {
    int bytes = document.length + OVERHEAD_BYTES;
    if (closed || waitingBytes + bytes > MAX_WAITING_BYTES) {
      return false;
    }
    waiting.add(document);
    waitingBytes += bytes;
    if (!reading) {
      reading = true;
      Thread.ofVirtual().name(name).start(this::readAll);
    }
    return true;
  }

  /** Forgets what waits; one that is being read is read to its end. Idempotent. */
  public synchronized void close() {
    closed = true;
    waiting.clear();
    waitingBytes = 0;
  }

  private void readAll() {
    for (byte[] next = next(); next != null; next = next()) {
      try {
        reader.accept(next);
      } catch (VmsException e) {
        log.atDebug().addKeyValue("part", name).log("a document was not read: {}", e.toLogLine());
      } catch (RuntimeException e) {
        log.atError().addKeyValue("part", name).setCause(e).log("a document was not read");
      }
    }
  }

  private synchronized byte @Nullable [] next() {
    byte[] next = waiting.poll();
    if (next == null) {
      reading = false;
    } else {
      waitingBytes -= next.length + OVERHEAD_BYTES;
    }
    return next;
  }
}
