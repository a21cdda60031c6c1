package kg.sakchy.ffmpeg;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;
import kg.sakchy.core.stream.StreamStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A camera's stream coded anew, handed to everyone who listens. A new listener needs no group of
 * the past: the next picture is made a key frame for it.
 *
 * <p>Threads: {@link LiveStream}'s methods from any thread; listeners are called on the thread that
 * makes the pictures, and the rest is confined to it.
 */
final class TranscodedStream implements LiveStream {
  private static final Logger LOG = LoggerFactory.getLogger(TranscodedStream.class);

  private final LiveStream source;
  private final List<Listening> all = new CopyOnWriteArrayList<>();
  private final AtomicBoolean keyFrameWanted = new AtomicBoolean(true);
  private volatile @Nullable StreamFormat format;

  /** One listener. */
  private static final class Listening {
    private final StreamListener listener;
    private boolean inRun;
    private boolean begun;

    Listening(StreamListener listener) {
      this.listener = listener;
    }
  }

  TranscodedStream(LiveStream source) {
    this.source = source;
  }

  @Override
  public StreamId id() {
    return source.id();
  }

  @Override
  public Subscription subscribe(StreamListener listener, Start start) {
    Listening newcomer = new Listening(listener);
    all.add(newcomer);
    requestKeyFrame();
    return () -> all.remove(newcomer);
  }

  /** Made here; the camera is not asked. */
  @Override
  public void requestKeyFrame() {
    keyFrameWanted.set(true);
  }

  /** The source's, with the format made of it. */
  @Override
  public StreamStatus status() {
    StreamStatus now = source.status();
    return new StreamStatus(
        now.state(),
        now.since(),
        now.lastFrameAt(),
        now.bitsPerSecond(),
        now.framesPerSecond(),
        now.packetsReceived(),
        now.packetsLost(),
        now.reconnects(),
        now.lastError(),
        format);
  }

  /** Whether the next picture must be a key frame; asked once for each. */
  boolean takeKeyFrameWanted() {
    return keyFrameWanted.getAndSet(false);
  }

  @Nullable StreamFormat format() {
    return format;
  }

  /** A run begins. */
  void begin(StreamFormat begun) {
    format = begun;
    for (Listening each : all) {
      each.inRun = false;
      enter(each, begun);
    }
  }

  private void enter(Listening each, StreamFormat begun) {
    each.inRun = true;
    each.begun = false;
    call(each, listener -> listener.onFormat(begun));
  }

  /** Hands on a unit of the run: to each listener from its first key frame on. */
  void unit(AccessUnit unit) {
    StreamFormat now = format;
    if (now == null) {
      return;
    }
    boolean keyFrame = unit.keyFrame() && unit.track() == now.videoTrack();
    for (Listening each : all) {
      if (!each.inRun) {
        enter(each, now);
      }
      each.begun |= keyFrame;
      if (each.begun) {
        call(each, listener -> listener.onUnit(unit));
      }
    }
  }

  /** Ends the run. */
  void interrupt() {
    format = null;
    all.forEach(each -> each.inRun = false);
  }

  /** Tells everyone who is in the run, or, with {@code everyone}, others too. */
  void tell(boolean everyone, Consumer<StreamListener> what) {
    for (Listening each : all) {
      if (everyone || each.begun) {
        call(each, what);
      }
    }
  }

  private void call(Listening each, Consumer<StreamListener> what) {
    try {
      what.accept(each.listener);
    } catch (RuntimeException e) {
      all.remove(each);
      LOG.atError()
          .addKeyValue("stream", id())
          .setCause(e)
          .log("a listener failed and was cut off: {}", each.listener.getClass().getName());
    }
  }
}
