package kg.sakchy.web.live;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * What a live stream sends, until the viewer's thread takes it: a bounded queue. The camera's loop
 * takes no lock here and never waits; what finds no room is dropped up to the next key frame.
 *
 * <p>Threads: the listener on the camera's loop, the rest on the viewer's thread.
 */
final class LiveFeed implements StreamListener, AutoCloseable {
  /** A group of pictures that a viewer begins with has at most half of it. */
  private static final long MOST_BYTES = 8 << 20;

  private static final int MOST_ENTRIES = 4_096;

  private final VmsClock clock;
  private final Runnable arrived;
  private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger keyPictures = new AtomicInteger();
  private final AtomicLong count = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private volatile boolean closed;
  private int videoTrack; // confined to the camera's loop, as is the next
  private boolean dropping;
  private LiveStream.@Nullable Subscription subscription;

  /** Something the stream said. */
  sealed interface Entry {
    /** A run begins. */
    record Format(StreamFormat format) implements Entry {}

    /**
     * A picture or sound.
     *
     * @param keyPicture whether it is a key frame of the pictures
     * @param since monotonic nanoseconds at which it was put here
     */
    record Unit(AccessUnit unit, boolean keyPicture, long since) implements Entry {}

    /** The camera's word on its clock. */
    record Report(SenderReport report) implements Entry {}

    /** The run is over. */
    record Away(Interruption why) implements Entry {}
  }

  /**
   * @param arrived called when the queue is no longer empty; takes no lock
   */
  LiveFeed(VmsClock clock, Runnable arrived) {
    this.clock = clock;
    this.arrived = arrived;
  }

  /** Begins with the last key frame of a stream. */
  void open(LiveStream stream) {
    subscription = stream.subscribe(this, LiveStream.Start.LAST_KEY_FRAME);
  }

  @Override
  public void onFormat(StreamFormat format) {
    videoTrack = format.videoTrack();
    dropping = false;
    put(new Entry.Format(format));
  }

  @Override
  public void onUnit(AccessUnit unit) {
    boolean key = unit.track() == videoTrack && unit.keyFrame();
    int size = unit.data().length;
    boolean room = bytes.get() + size <= MOST_BYTES && count.get() < MOST_ENTRIES;
    dropping = !room || (dropping && !key);
    if (dropping) {
      dropped.incrementAndGet();
      return;
    }
    bytes.addAndGet(size);
    if (key) {
      keyPictures.incrementAndGet();
    }
    put(new Entry.Unit(unit, key, clock.nanoTime()));
  }

  @Override
  public void onSenderReport(SenderReport report) {
    put(new Entry.Report(report));
  }

  @Override
  public void onInterrupted(Interruption interruption) {
    put(new Entry.Away(interruption));
  }

  /** What is not a unit finds room where units find none: there is little of it. */
  private void put(Entry entry) {
    if (closed || count.get() > 2 * MOST_ENTRIES) {
      return;
    }
    count.incrementAndGet();
    entries.add(entry);
    arrived.run();
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** What comes next, without taking it; null when nothing has come. */
  @Nullable Entry peek() {
    return entries.peek();
  }

  /** What comes next; null when nothing has come. */
  @Nullable Entry poll() {
    Entry entry = entries.poll();
    if (entry != null) {
      count.decrementAndGet();
    }
    if (entry instanceof Entry.Unit unit) {
      bytes.addAndGet(-unit.unit().data().length);
      if (unit.keyPicture()) {
        keyPictures.decrementAndGet();
      }
    }
    return entry;
  }

  /** How many key pictures wait here. */
  int keyPictures() {
    return keyPictures.get();
  }

  /** How many units found no room since this was asked last. */
  long takeDropped() {
    return dropped.getAndSet(0);
  }

  /** Ends the calls of the stream and forgets what waits. Idempotent. */
  @Override
  public void close() {
    closed = true;
    if (subscription != null) {
      subscription.close();
    }
    entries.clear();
  }
}
