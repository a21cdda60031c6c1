package kg.sakchy.core.stream;

import kg.sakchy.core.camera.StreamId;

/**
 * One camera stream, pulled once however many listen (invariant 1).
 *
 * <p>Threads: every method may be called from any thread and none blocks.
 */
public interface LiveStream {
  StreamId id();

  /**
   * Adds a listener; it begins with the next key frame. Closing the subscription ends the calls.
   */
  Subscription subscribe(StreamListener listener);

  StreamStatus status();

  /** Ends a listener's calls; a call under way may still finish. Idempotent. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
