package kg.sakchy.gateway.webrtc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;
import kg.sakchy.core.stream.StreamStatus;
import org.jspecify.annotations.Nullable;

/** A stream that sends what the test says, and keeps the last group as the hub does. */
public final class FedStream implements LiveStream, LiveViews.LiveView {
  private final StreamId id;
  private final List<StreamListener> listeners = new CopyOnWriteArrayList<>();
  private final List<AccessUnit> group = new ArrayList<>();
  public final AtomicInteger keyFramesWanted = new AtomicInteger();
  public final AtomicInteger closed = new AtomicInteger();
  private volatile @Nullable StreamFormat format;
  private volatile StreamStatus.State state = StreamStatus.State.STREAMING;

  public FedStream(StreamFormat format) {
    this(StreamId.main(new CameraId("gate")), format);
  }

  /**
   * @param format null for a camera that sends nothing yet
   */
  public FedStream(StreamId id, @Nullable StreamFormat format) {
    this.id = id;
    this.format = format;
  }

  public synchronized void format(StreamFormat next) {
    format = next;
    group.clear();
    listeners.forEach(listener -> listener.onFormat(next));
  }

  public synchronized void unit(AccessUnit unit) {
    if (unit.keyFrame() && unit.track() == 0) {
      group.clear();
    }
    group.add(unit);
    listeners.forEach(listener -> listener.onUnit(unit));
  }

  public void report(SenderReport report) {
    listeners.forEach(listener -> listener.onSenderReport(report));
  }

  public void state(StreamStatus.State next) {
    state = next;
  }

  public int listeners() {
    return listeners.size();
  }

  @Override
  public StreamId id() {
    return id;
  }

  @Override
  public synchronized Subscription subscribe(StreamListener listener, Start start) {
    StreamFormat now = format;
    if (now != null) {
      listener.onFormat(now);
      group.forEach(listener::onUnit);
    }
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void requestKeyFrame() {
    keyFramesWanted.incrementAndGet();
  }

  @Override
  public StreamStatus status() {
    return new StreamStatus(state, Instant.EPOCH, null, 0, 0, 0, 0, 0, null, format);
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
