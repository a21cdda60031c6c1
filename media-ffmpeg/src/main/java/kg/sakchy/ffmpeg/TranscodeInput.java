package kg.sakchy.ffmpeg;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.PacketLoss;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;
import org.jspecify.annotations.Nullable;

/**
 * What a camera sends, on its way to the thread that codes it anew. At most {@value #MOST_UNITS}
 * units wait; then pictures are left out up to the next key frame, and counted.
 *
 * <p>Threads: the listener's methods on the camera's event loop, {@link #poll} on the thread's.
 */
final class TranscodeInput implements StreamListener {
  static final int MOST_UNITS = 100;

  /** What happened at the camera. */
  sealed interface Event {
    record Format(StreamFormat format) implements Event {}

    record Unit(AccessUnit unit) implements Event {}

    record Loss(PacketLoss loss) implements Event {}

    record Report(SenderReport report) implements Event {}

    record Interrupted(Interruption interruption) implements Event {}
  }

  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Runnable onDropped;
  private int videoTrack;
  private boolean waitsForKeyFrame;

  /**
   * @param onDropped called for each unit that is left out
   */
  TranscodeInput(Runnable onDropped) {
    this.onDropped = onDropped;
  }

  @Override
  public void onFormat(StreamFormat format) {
    videoTrack = format.videoTrack();
    waitsForKeyFrame = false;
    events.add(new Event.Format(format));
  }

  @Override
  public void onUnit(AccessUnit unit) {
    boolean video = unit.track() == videoTrack;
    if (waiting.get() >= MOST_UNITS || (video && waitsForKeyFrame && !unit.keyFrame())) {
      waitsForKeyFrame |= video;
      onDropped.run();
      return;
    }
    if (video) {
      waitsForKeyFrame = false;
    }
    waiting.incrementAndGet();
    events.add(new Event.Unit(unit));
  }

  @Override
  public void onLoss(PacketLoss loss) {
    addIfRoom(new Event.Loss(loss));
  }

  @Override
  public void onSenderReport(SenderReport report) {
    addIfRoom(new Event.Report(report));
  }

  @Override
  public void onInterrupted(Interruption interruption) {
    addIfRoom(new Event.Interrupted(interruption));
  }

  /** Small ones, but never without end. */
  private void addIfRoom(Event event) {
    if (events.size() < 2 * MOST_UNITS) {
      events.add(event);
    }
  }

  /** How many units wait. */
  int waiting() {
    return waiting.get();
  }

  /** The next event, or null after a while. */
  @Nullable Event poll() throws InterruptedException {
    Event event = events.poll(1, TimeUnit.SECONDS);
    if (event instanceof Event.Unit) {
      waiting.decrementAndGet();
    }
    return event;
  }
}
