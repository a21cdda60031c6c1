package kg.sakchy.gateway.replay;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import kg.sakchy.core.edge.EdgeReplay;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.StreamFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what was replayed to the listener on a virtual thread of its own, so that a listener that
 * blocks blocks nobody else. Between the two is a queue that asks for a pause when it is full: the
 * camera then waits, by TCP.
 *
 * <p>Threads: put and end from the event loop, the listener's calls from the one thread that {@link
 * #start} makes.
 */
final class Delivery {
  /** The queue asks for a pause above this, and for more below the other. */
  private static final long FULL_BYTES = 1L << 20;

  private static final long LOW_BYTES = FULL_BYTES / 4;

  private static final Logger log = LoggerFactory.getLogger(Delivery.class);

  private final EdgeReplay.Listener listener;
  private final Flow flow;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Item> queue = new ArrayDeque<>();
  private long bytes;
  private boolean full;
  private boolean over;

  /** Slows the camera down; called on any thread, must not block. */
  interface Flow {
    void pause();

    void resume();

    /** The listener failed; nobody takes anything any more. */
    void abandoned();
  }

  private sealed interface Item {
    record Format(StreamFormat format) implements Item {}

    record Sample(AccessUnit unit, Instant at, boolean discontinuity) implements Item {}

    record End(@Nullable VmsException problem) implements Item {}
  }

  Delivery(EdgeReplay.Listener listener, Flow flow) {
    this.listener = listener;
    this.flow = flow;
  }

  void start(String name) {
    Thread.ofVirtual().name(name).start(this::run);
  }

  void format(StreamFormat format) {
    put(new Item.Format(format), 0);
  }

  void sample(AccessUnit unit, Instant at, boolean discontinuity) {
    put(new Item.Sample(unit, at, discontinuity), unit.data().length);
  }

  /** The last call; what waits is still delivered. */
  void end(@Nullable VmsException problem) {
    put(new Item.End(problem), 0);
  }

  /** The last call; what waits is thrown away. */
  void cancel() {
    lock.lock();
    try {
      if (!over) {
        queue.clear();
        bytes = 0;
      }
    } finally {
      lock.unlock();
    }
    end(new VmsException(ErrorKind.CANCELLED, "the replay was closed"));
  }

  private void put(Item item, int size) {
    boolean pause = false;
    lock.lock();
    try {
      if (over) {
        return;
      }
      queue.add(item);
      over = item instanceof Item.End;
      bytes += size;
      if (!full && bytes > FULL_BYTES) {
        full = true;
        pause = true;
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
    if (pause) {
      flow.pause();
    }
  }

  private Item take() throws InterruptedException {
    boolean resume = false;
    Item item;
    lock.lock();
    try {
      while (queue.isEmpty()) {
        changed.await();
      }
      item = queue.remove();
      if (item instanceof Item.Sample sample) {
        bytes -= sample.unit().data().length;
      }
      if (full && bytes < LOW_BYTES) {
        full = false;
        resume = true;
      }
    } finally {
      lock.unlock();
    }
    if (resume) {
      flow.resume();
    }
    return item;
  }

  private void run() {
    try {
      while (deliver(take())) {
        // until the end
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      flow.abandoned();
    } catch (RuntimeException e) { // a listener's fault must not keep the camera busy
      log.error("a listener of a replay failed", e);
      flow.abandoned();
    }
  }

  private boolean deliver(Item item) {
    switch (item) {
      case Item.Format(StreamFormat format) -> listener.format(format);
      case Item.Sample(AccessUnit unit, Instant at, boolean discontinuity) ->
          listener.sample(unit, at, discontinuity);
      case Item.End(VmsException problem) -> {
        listener.ended(problem);
        return false;
      }
    }
    return true;
  }
}
