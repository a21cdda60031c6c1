package kg.sakchy.onvif.event;

import java.net.URI;
import java.util.function.Consumer;

/**
 * Takes notifications over HTTP, for cameras that have no pull points.
 *
 * <p>Threads: safe for use by many threads; no method blocks.
 */
public interface NotificationReceiver {
  /**
   * Opens an address for one camera. Its path must be short: long ones crash cameras.
   *
   * @param camera address of the camera's device service, which tells the interface it can reach
   * @param listener is given the body of each Notify that comes there, at most 1 MiB
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
