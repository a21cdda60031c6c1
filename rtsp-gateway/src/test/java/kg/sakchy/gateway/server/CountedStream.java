package kg.sakchy.gateway.server;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.StreamListener;
import kg.sakchy.core.stream.StreamStatus;
import kg.sakchy.gateway.hub.PacketSource;

/** A stream that counts how often it is asked for a key frame. */
record CountedStream(PacketSource stream, AtomicInteger keyFrameRequests) implements PacketSource {
  CountedStream(LiveStream stream) {
    this((PacketSource) stream, new AtomicInteger());
  }

  @Override
  public void between(Consumer<List<AccessUnit>> task) {
    stream.between(task);
  }

  @Override
  public StreamId id() {
    return stream.id();
  }

  @Override
  public Subscription subscribe(StreamListener listener, Start start) {
    return stream.subscribe(listener, start);
  }

  @Override
  public void requestKeyFrame() {
    keyFrameRequests.incrementAndGet();
    stream.requestKeyFrame();
  }

  @Override
  public StreamStatus status() {
    return stream.status();
  }
}
