package kg.sakchy.recorder;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.LiveStreams;

/** Live streams whose cameras do what the test says. */
final class ScriptedStreams implements LiveStreams {
  final Map<StreamId, ScriptedStream> streams = new ConcurrentHashMap<>();
  final Map<StreamId, StreamSource> sources = new ConcurrentHashMap<>();
  private final FakeClock clock;

  ScriptedStreams(FakeClock clock) {
    this.clock = clock;
  }

  @Override
  public LiveStream open(StreamId id, StreamSource source) {
    sources.put(id, source);
    return streams.computeIfAbsent(id, key -> new ScriptedStream(key, clock));
  }

  @Override
  public Optional<LiveStream> find(StreamId id) {
    return Optional.ofNullable(streams.get(id));
  }

  @Override
  public Collection<LiveStream> all() {
    return List.copyOf(streams.values());
  }

  @Override
  public void close(StreamId id) {
    ScriptedStream stream = streams.remove(id);
    if (stream != null) {
      stream.interrupt(GapCause.OPERATOR, "closed");
    }
  }
}
