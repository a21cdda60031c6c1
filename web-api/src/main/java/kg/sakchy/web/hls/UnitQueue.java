package kg.sakchy.web.hls;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;
import org.jspecify.annotations.Nullable;

/**
 * Carries a stream from its event loop to the thread that cuts it, and never makes the loop wait:
 * what finds no room is dropped, and with it everything up to the next format or key frame.
 *
 * <p>Threads: listener methods on the event loop, {@link #poll} on one other.
 */
final class UnitQueue implements StreamListener {
  private static final int MOST_EVENTS = 2_000;
  private static final long MOST_BYTES = 24L << 20;

  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(MOST_EVENTS);
  private final AtomicLong bytes = new AtomicLong();
  private @Nullable StreamFormat format;
  private boolean dropping;

  /** What happens on a stream. */
  sealed interface Event {
    /** A run begins. */
    record Begun(StreamFormat format) implements Event {}

    /** A unit of the run. */
    record Media(AccessUnit unit) implements Event {}

    /** The run is over. */
    record Ended() implements Event {}
  }

  @Override
  public void onFormat(StreamFormat next) {
    format = next;
    dropping = !events.offer(new Event.Begun(next));
  }

  @Override
  public void onUnit(AccessUnit unit) {
    StreamFormat now = format;
    if (dropping && now != null && unit.track() == now.videoTrack() && unit.keyFrame()) {
      dropping = !events.offer(new Event.Begun(now)); // a run of its own: media is missing
    }
    if (dropping || now == null) {
      return;
    }
    int size = unit.data().length;
    if (bytes.get() + size > MOST_BYTES || !events.offer(new Event.Media(unit))) {
      dropping = true;
    } else {
      bytes.addAndGet(size);
    }
  }

  @Override
  public void onInterrupted(Interruption interruption) {
    dropping |= !events.offer(new Event.Ended());
  }

  /** The next event, or null when none comes in time. */
  @Nullable Event poll(long millis) throws InterruptedException {
    Event event = events.poll(millis, TimeUnit.MILLISECONDS);
    if (event instanceof Event.Media media) {
      bytes.addAndGet(-media.unit().data().length);
    }
    return event;
  }
}
