package kg.sakchy.core.live;

import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.LiveStream;

/**
 * Opens live streams for viewers: the one that is pulled already, or, for a stream that only
 * viewers want, a pull that lives as long as somebody watches and a little longer.
 *
 * <p>Threads: safe for use by many threads; {@link #open} blocks (database, a camera's first
 * picture).
 */
public interface LiveViews {
  /**
   * Opens a stream as the camera sends it.
   *
   * @throws VmsException NOT_FOUND without such a camera or stream
   */
  LiveView open(StreamId id);

  /**
   * Opens a stream the viewer can play: the one asked for; else the camera's sub stream; else the
   * one asked for transcoded. Waits a bounded time for the camera's format.
   *
   * @throws VmsException NOT_FOUND without such a camera or stream; UNAVAILABLE with the reason
   *     while the camera sends nothing; RESOURCE_EXHAUSTED when all transcoders are busy
   */
  LiveView open(StreamId id, PlayableCodecs playable);

  /**
   * A viewer's hold on a stream.
   *
   * <p>Threads: any.
   */
  interface LiveView extends AutoCloseable {
    /** The stream; its id is the camera's stream it comes from. */
    LiveStream stream();

    /** How it came about. */
    Delivery delivery();

    /** Lets go; subscriptions end by themselves. Idempotent. */
    @Override
    void close();
  }

  /** How a viewer gets a stream. */
  enum Delivery {
    /** As asked, byte for byte. */
    ORIGINAL,
    /** The small twin of the stream asked for, byte for byte. */
    SUB_STREAM,
    /** Decoded and coded anew; never to be taken for the camera's word. */
    TRANSCODED
  }
}
