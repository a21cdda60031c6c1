package kg.sakchy.ffmpeg;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;
import kg.sakchy.core.stream.StreamStatus;

/** A stream that sends what the test says. Threads: fed by one. */
final class FedSource implements LiveStream, LiveViews.LiveView {
  private final StreamId id;
  private final List<StreamListener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicInteger closed = new AtomicInteger();
  private volatile StreamFormat format;

  FedSource(String camera, StreamFormat format) {
    id = StreamId.main(new CameraId(camera));
    this.format = format;
  }

  void format(StreamFormat next) {
    format = next;
    listeners.forEach(listener -> listener.onFormat(next));
  }

  void unit(AccessUnit unit) {
    listeners.forEach(listener -> listener.onUnit(unit));
  }

  void interrupt(Interruption interruption) {
    listeners.forEach(listener -> listener.onInterrupted(interruption));
  }

  int closed() {
    return closed.get();
  }

  @Override
  public StreamId id() {
    return id;
  }

  @Override
  public Subscription subscribe(StreamListener listener, Start start) {
    listener.onFormat(format);
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void requestKeyFrame() {
    throw new AssertionError("what is made anew needs no key frame of the camera");
  }

  @Override
  public StreamStatus status() {
    return new StreamStatus(
        StreamStatus.State.STREAMING, Instant.EPOCH, null, 0, 0, 0, 0, 0, null, format);
  }

  @Override
  public LiveStream stream() {
    return this;
  }

  @Override
  public LiveViews.Delivery delivery() {
    return LiveViews.Delivery.ORIGINAL;
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }
}
