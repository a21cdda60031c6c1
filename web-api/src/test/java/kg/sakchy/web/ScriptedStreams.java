package kg.sakchy.web;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.recording.RecordingStatus;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.LiveStreams;
import kg.sakchy.core.stream.StreamListener;
import kg.sakchy.core.stream.StreamStatus;

/** Streams and recordings that are in whatever state a test says. */
final class ScriptedStreams implements LiveStreams, RecordingStatus.Source {
  private final Map<StreamId, StreamStatus> streams = new ConcurrentHashMap<>();
  private final Map<StreamId, RecordingStatus> recordings = new ConcurrentHashMap<>();

  void set(StreamId id, StreamStatus status) {
    streams.put(id, status);
  }

  void set(StreamId id, RecordingStatus status) {
    recordings.put(id, status);
  }

  @Override
  public LiveStream open(StreamId id, StreamSource source) {
    throw new UnsupportedOperationException("the web server opens no streams");
  }

  @Override
  public Optional<LiveStream> find(StreamId id) {
    return Optional.ofNullable(streams.get(id)).map(status -> new Scripted(id, status));
  }

  @Override
  public Collection<LiveStream> all() {
    return streams.keySet().stream().flatMap(id -> find(id).stream()).toList();
  }

  @Override
  public void close(StreamId id) {
    throw new UnsupportedOperationException("the web server closes no streams");
  }

  @Override
  public Optional<RecordingStatus> status(StreamId stream) {
    return Optional.ofNullable(recordings.get(stream));
  }

  private record Scripted(StreamId id, StreamStatus status) implements LiveStream {
    @Override
    public Subscription subscribe(StreamListener listener, Start start) {
      throw new UnsupportedOperationException("the web server subscribes to nothing");
    }

    @Override
    public void requestKeyFrame() {
      throw new UnsupportedOperationException("the web server asks for no key frames");
    }
  }
}
