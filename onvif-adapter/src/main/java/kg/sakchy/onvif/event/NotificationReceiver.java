package kg.sakchy.onvif.event;

import java.net.URI;
import java.util.function.Consumer;

/**
 * Takes notifications over HTTP, for cameras that have no pull points.
 *
 * <p>Threads: safe for use by many threads.
 */
public interface NotificationReceiver {
  /**
   * Opens an address for one camera. Its path must be short: long ones crash cameras. Blocks (names
   * are looked up).
   *
   * @param camera address of the camera's device service: only its host may send there, and it
   *     tells the interface at which the camera can reach us
   * @param listener is given the body of each Notify that comes there, one after the other, off the
   *     event loop
   * @throws kg.sakchy.core.error.VmsException UNAVAILABLE if the camera's name is not known or no
   *     network leads to it
   */
  Mailbox open(URI camera, Consumer<byte[]> listener);

  /** An address that is open. */
  interface Mailbox extends AutoCloseable {
    /** Where the camera is to send to. */
    URI address();

    @Override
    void close();
  }
}
