package kg.sakchy.gateway.client;

import java.util.function.Consumer;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.gateway.failure.Failure;
import kg.sakchy.gateway.transport.MediaPath;
import kg.sakchy.media.rtsp.TransportHeader;

/**
 * What SETUP of one track offers, and what becomes of the camera's answer.
 *
 * <p>Threads: confined to the stream's event loop.
 */
interface TransportSetup {
  /** Makes offers, for a connection. */
  interface Source {
    /**
     * Prepares the next track; exactly one of the two is called, now or later.
     *
     * @param ready owns the offer and must accept or abandon it
     */
    void prepare(Consumer<TransportSetup> ready, Consumer<Failure> failed);
  }

  TransportHeader offer();

  /**
   * Opens the way that the camera agreed to.
   *
   * @throws VmsException UNSUPPORTED if it answered with another one
   */
  MediaPath accept(TransportHeader answer, MediaPath.Receiver receiver);

  /** Frees what was prepared; the camera refused the track. */
  default void abandon() {}
}
