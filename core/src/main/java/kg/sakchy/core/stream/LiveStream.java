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
  default Subscription subscribe(StreamListener listener) {
    return subscribe(listener, Start.NEXT_KEY_FRAME);
  }

  /**
   * Adds a listener. Closing the subscription ends the calls.
   *
   * @param start where its units begin
   */
  Subscription subscribe(StreamListener listener, Start start);

  /**
   * Asks the camera for a key frame soon, for a viewer who lost one. Many cameras ignore it; asked
   * more often than once a second, it is sent once.
   */
  void requestKeyFrame();

  StreamStatus status();

  /** Where the units of a new listener begin. */
  enum Start {
    /** The key frame that comes next: nothing is heard twice by who was listening before. */
    NEXT_KEY_FRAME,
    /**
     * The last key frame, if it and what followed are still held in memory: the units since then
     * come at once, with the arrival times they had. Else as {@link #NEXT_KEY_FRAME}.
     */
    LAST_KEY_FRAME
  }

  /** Ends a listener's calls; a call under way may still finish. Idempotent. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
