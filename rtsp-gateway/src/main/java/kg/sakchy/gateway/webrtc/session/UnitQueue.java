package kg.sakchy.gateway.webrtc.session;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;
import org.jspecify.annotations.Nullable;

/**
 * Carries a stream from the camera's event loop to the session's: bounded by count and bytes. What
 * finds no room is left out up to the next key frame, and counted.
 *
 * <p>Threads: the listener's methods on the camera's loop, {@link #poll} on the session's.
 */
final class UnitQueue implements StreamListener {
  /** A group of pictures held for viewers, and as much again. */
  static final long MAX_BYTES = 8L << 20;

  static final int MAX_UNITS = 4_096;

  /** What happened at the camera. */
  sealed interface Event {
    record Format(StreamFormat format) implements Event {}

    record Unit(AccessUnit unit) implements Event {}

    record Report(SenderReport report) implements Event {}
  }

  private final Executor loop;
  private final Runnable drain;
  private final Runnable onDropped;
  private final Queue<Event> events = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private int videoTrack;
  private boolean waitsForKeyFrame;

  /**
   * @param loop the session's
   * @param drain takes everything out by {@link #poll}; run on the loop when something came
   * @param onDropped called for each unit left out
   */
  UnitQueue(Executor loop, Runnable drain, Runnable onDropped) {
    this.loop = loop;
    this.drain = drain;
    this.onDropped = onDropped;
  }

  @Override
  public void onFormat(StreamFormat format) {
    videoTrack = format.videoTrack();
    add(new Event.Format(format), 0);
  }

  @Override
  public void onUnit(AccessUnit unit) {
    boolean video = unit.track() == videoTrack;
    boolean full = count.get() >= MAX_UNITS || bytes.get() + unit.data().length > MAX_BYTES;
    if (full || (video && waitsForKeyFrame && !unit.keyFrame())) {
      waitsForKeyFrame |= video;
      onDropped.run();
      return;
    }
    if (video) {
      waitsForKeyFrame = false;
    }
    add(new Event.Unit(unit), unit.data().length);
  }

  @Override
  public void onSenderReport(SenderReport report) {
    if (count.get() < MAX_UNITS) {
      add(new Event.Report(report), 0);
    }
  }

  private void add(Event event, int size) {
    events.add(event);
    count.incrementAndGet();
    bytes.addAndGet(size);
    wake();
  }

  /** Makes sure that the session looks again. */
  void wake() {
    if (scheduled.compareAndSet(false, true)) {
      loop.execute(
          () -> {
            scheduled.set(false);
            drain.run();
          });
    }
  }

  /** The next event, or null. */
  @Nullable Event poll() {
    Event event = events.poll();
    if (event != null) {
      count.decrementAndGet();
      if (event instanceof Event.Unit unit) {
        bytes.addAndGet(-unit.unit().data().length);
      }
    }
    return event;
  }
}
