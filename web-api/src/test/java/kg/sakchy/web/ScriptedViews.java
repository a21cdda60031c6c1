package kg.sakchy.web;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.live.PlayableCodecs;
import kg.sakchy.core.stream.LiveStream;

/** Live streams that a test puts there, and how many hold them. */
final class ScriptedViews implements LiveViews {
  private final Map<StreamId, LiveStream> streams = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();

  void put(LiveStream stream) {
    streams.put(stream.id(), stream);
  }

  void remove(LiveStream stream) {
    streams.remove(stream.id());
  }

  /** How many views are not closed yet. */
  int open() {
    return open.get();
  }

  @Override
  public LiveView open(StreamId id) {
    LiveStream stream = streams.get(id);
    if (stream == null) {
      throw new VmsException(ErrorKind.NOT_FOUND, "there is no camera " + id.camera());
    }
    open.incrementAndGet();
    return new View(stream);
  }

  @Override
  public LiveView open(StreamId id, PlayableCodecs playable) {
    return open(id);
  }

  private final class View implements LiveView {
    private final LiveStream stream;
    private boolean closed;

    View(LiveStream stream) {
      this.stream = stream;
    }

    @Override
    public LiveStream stream() {
      return stream;
    }

    @Override
    public Delivery delivery() {
      return Delivery.ORIGINAL;
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        open.decrementAndGet();
      }
    }
  }
}
