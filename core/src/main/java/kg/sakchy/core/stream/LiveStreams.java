package kg.sakchy.core.stream;

import java.util.Collection;
import java.util.Optional;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamSource;

/**
 * The streams being pulled.
 *
 * <p>Threads: every method may be called from any thread and none blocks.
 */
public interface LiveStreams {
  /**
   * Begins to pull a stream, or goes on if it is pulled from the same source already; a changed
   * source replaces the connection and keeps the listeners.
   */
  LiveStream open(StreamId id, StreamSource source);

  Optional<LiveStream> find(StreamId id);

  Collection<LiveStream> all();

  /**
   * Ends the pull with TEARDOWN. Its listeners get an interruption with cause OPERATOR. Idempotent.
   */
  void close(StreamId id);
}
