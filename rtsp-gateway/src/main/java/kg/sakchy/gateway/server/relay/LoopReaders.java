package kg.sakchy.gateway.server.relay;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import kg.sakchy.gateway.server.delivery.PacketBatch;

/**
 * The readers of one stream on one event loop: told together, by one task.
 *
 * <p>Threads: the stream's loop calls; what is asked happens on the readers' loop, in the order of
 * the calls.
 */
final class LoopReaders {
  private final EventLoop loop;
  private final List<RelayReader> readers = new ArrayList<>(); // on the readers' loop
  private volatile int waiting;
  private int count; // on the stream's loop

  LoopReaders(EventLoop loop) {
    this.loop = loop;
  }

  /** Readers added and not removed, as the stream's loop knows. */
  int count() {
    return count;
  }

  /** Whether a key frame is of use to anybody; may be outdated by a moment. */
  boolean isWaiting() {
    return waiting > 0;
  }

  /** Adds a reader; takes the burst over. */
  void add(RelayReader reader, Burst burst) {
    count++;
    run(
        () -> {
          if (!reader.isEnded()) {
            readers.add(reader);
            reader.joined(burst);
          }
          settle();
          burst.release();
        },
        burst::release);
  }

  /** A reader left. */
  void removed(RelayReader reader) {
    count--;
    run(
        () -> {
          readers.remove(reader);
          settle();
        },
        () -> {});
  }

  /** Hands batches on; the references stay the caller's. */
  void take(List<PacketBatch> batches) {
    batches.forEach(PacketBatch::retain);
    Runnable release = () -> batches.forEach(PacketBatch::release);
    run(
        () -> {
          each(reader -> reader.take(batches));
          release.run();
        },
        release);
  }

  /** Hands a key frame on; takes the burst over. */
  void keyFrame(Burst burst) {
    run(
        () -> {
          each(reader -> reader.keyFrame(burst));
          burst.release();
        },
        burst::release);
  }

  /** Does the same with all readers. */
  void all(Consumer<RelayReader> call) {
    run(() -> each(call), () -> {});
  }

  private void each(Consumer<RelayReader> call) {
    for (RelayReader reader : List.copyOf(readers)) {
      call.accept(reader);
    }
    settle();
  }

  private void settle() {
    int now = 0;
    for (RelayReader reader : readers) {
      now += reader.isWaiting() ? 1 : 0;
    }
    waiting = now;
  }

  private void run(Runnable task, Runnable otherwise) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) { // the server is closed
      otherwise.run();
    }
  }
}
