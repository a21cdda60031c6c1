package kg.sakchy.onvif.metadata;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.LiveStreams;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.event.EventJournal;
import kg.sakchy.onvif.event.MetadataEvents;

/**
 * Follows all streams that carry metadata, one a camera, and brings what they tell into the
 * journal. Streams are looked through every few seconds, so that it does not matter who opens,
 * changes or closes them; none is opened for its metadata alone.
 *
 * <p>Threads: started and closed by one thread.
 */
public final class MetadataStreams implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(3);
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final LiveStreams streams;
  private final Function<CameraId, Duration> clockOffset;
  private final Predicate<CameraId> heardOtherwise;
  private final EventJournal journal;
  private final VmsClock clock;
  private final AtomicLong dropped = new AtomicLong();
  private final Map<CameraId, Hearing> heard = new HashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread follower = Thread.ofVirtual().name("metadata").unstarted(this::run);

  /** A stream that is listened to. */
  private record Hearing(
      LiveStream stream, MetadataListener listener, LiveStream.Subscription subscription) {
    void end() {
      subscription.close();
      listener.close();
    }
  }

  /**
   * @param clockOffset a camera's clock minus ours, zero where it is not known; may block
   * @param heardOtherwise whether a camera's event messages come by a subscription now
   */
  public MetadataStreams(
      LiveStreams streams,
      Function<CameraId, Duration> clockOffset,
      Predicate<CameraId> heardOtherwise,
      EventJournal journal,
      VmsClock clock) {
    this.streams = streams;
    this.clockOffset = clockOffset;
    this.heardOtherwise = heardOtherwise;
    this.journal = journal;
    this.clock = clock;
  }

  /** Begins to follow. */
  public void start() {
    follower.start();
  }

  /** How many documents were lost because they came faster than they could be read. */
  public long dropped() {
    return dropped.get();
  }

  private void run() {
    try {
      do {
        look();
      } while (!closing.await(EVERY.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Listens to what carries metadata now, and no longer to what is gone. */
  synchronized void look() {
    Collection<LiveStream> all = streams.all();
    for (Iterator<Hearing> each = heard.values().iterator(); each.hasNext(); ) {
      Hearing hearing = each.next();
      if (!all.contains(hearing.stream)) {
        hearing.end();
        each.remove();
      }
    }
    for (LiveStream stream : all) {
      if (!heard.containsKey(stream.id().camera()) && carriesMetadata(stream)) {
        heard.put(stream.id().camera(), listenTo(stream));
      }
    }
  }

  private static boolean carriesMetadata(LiveStream stream) {
    StreamFormat format = stream.status().format();
    return format != null && MetadataListener.metadataTrack(format) >= 0;
  }

  private Hearing listenTo(LiveStream stream) {
    CameraId camera = stream.id().camera();
    MetadataEvents events = new MetadataEvents(camera, clock, () -> heardOtherwise.test(camera));
    MetadataListener listener =
        new MetadataListener(
            stream.id(),
            document -> journal.add(events.take(document, clockOffset.apply(camera))),
            dropped);
    return new Hearing(stream, listener, stream.subscribe(listener));
  }

  @Override
  public void close() {
    closing.countDown();
    if (follower.getState() != Thread.State.NEW) {
      try {
        follower.join(FAREWELL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    endAll();
  }

  private synchronized void endAll() {
    heard.values().forEach(Hearing::end);
    heard.clear();
  }
}
