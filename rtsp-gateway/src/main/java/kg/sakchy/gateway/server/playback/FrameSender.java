package kg.sakchy.gateway.server.playback;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.gateway.server.delivery.Outlet;

/**
 * Sends packets from a thread that may wait: it waits while the client has not taken what was sent
 * before, so that a slow client costs a bounded amount of memory and nobody's time.
 *
 * <p>Threads: {@link #stop()} from any; the rest from the thread that plays.
 */
final class FrameSender {
  /** So much may be on its way to the client. */
  private static final long MOST_BYTES = 256 << 10;

  /** Handed to the event loop in pieces of this size when nobody waits for them. */
  private static final int PIECE_BYTES = 64 << 10;

  private final Outlet outlet;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Item> collected = new ArrayList<>();
  private long collectedBytes;
  private long underWay; // guarded by the lock
  private boolean stopped; // guarded by the lock

  private record Item(int track, List<ByteBuffer> packets) {}

  /**
   * @param patience how long the client may take nothing at all
   */
  FrameSender(Outlet outlet, Duration patience) {
    this.outlet = outlet;
    this.patience = patience;
  }

  /** Ends all waiting; what comes after is not sent. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a moment on the monotonic clock; false if it was stopped. */
  boolean await(long nanos) throws InterruptedException {
    lock.lock();
    try {
      for (long left = nanos - System.nanoTime();
          left > 0 && !stopped;
          left = nanos - System.nanoTime()) {
        changed.awaitNanos(left);
      }
      return !stopped;
    } finally {
      lock.unlock();
    }
  }

  /** Sends the packets of a unit, soon. */
  void send(int track, List<ByteBuffer> packets) throws InterruptedException {
    collected.add(new Item(track, packets));
    collectedBytes += packets.stream().mapToLong(ByteBuffer::remaining).sum();
    if (collectedBytes >= PIECE_BYTES) {
      flush();
    }
  }

  /**
   * Hands on what was collected, when there is room.
   *
   * @throws VmsException TIMEOUT if the client takes nothing
   */
  void flush() throws InterruptedException {
    if (collected.isEmpty() || !awaitRoom()) {
      collected.clear();
      collectedBytes = 0;
      return;
    }
    List<Item> items = List.copyOf(collected);
    long bytes = collectedBytes;
    collected.clear();
    collectedBytes = 0;
    change(bytes);
    run(
        () -> {
          for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            var written = outlet.packets(item.track(), item.packets());
            if (i == items.size() - 1) {
              written.addListener(ignored -> change(-bytes));
            }
          }
          outlet.flush();
        });
  }

  /** Sends an RTCP compound behind what was sent. */
  void control(int track, ByteBuffer compound) {
    run(
        () -> {
          outlet.control(track, compound);
          outlet.flush();
        });
  }

  private void run(Runnable task) {
    if (!outlet.execute(task)) {
      stop();
    }
  }

  private boolean awaitRoom() throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (underWay >= MOST_BYTES && !stopped) {
        long before = underWay;
        left = changed.awaitNanos(left);
        if (underWay < before) {
          left = patience.toNanos();
        }
        if (left <= 0) {
          throw new VmsException(ErrorKind.TIMEOUT, "the client does not read");
        }
      }
      return !stopped;
    } finally {
      lock.unlock();
    }
  }

  private void change(long bytes) {
    lock.lock();
    try {
      underWay += bytes;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
