package kg.sakchy.onvif.notify;

import java.net.InetAddress;
import java.net.URI;
import java.util.Set;
import java.util.function.Consumer;
import kg.sakchy.onvif.event.Inbox;
import kg.sakchy.onvif.event.NotificationReceiver;

/**
 * The address of one camera's subscription.
 *
 * <p>Threads: safe for use by many threads; nothing blocks.
 */
final class Letterbox implements NotificationReceiver.Mailbox {
  private final URI address;
  private final Set<InetAddress> senders;
  private final Inbox inbox;
  private final Consumer<Letterbox> onClose;

  /**
   * @param address where the camera sends to
   * @param senders the camera's addresses
   * @param onClose called when nothing more is taken
   */
  Letterbox(
      URI address,
      Set<InetAddress> senders,
      Consumer<byte[]> listener,
      Consumer<Letterbox> onClose) {
    this.address = address;
    this.senders = Set.copyOf(senders);
    this.onClose = onClose;
    inbox = new Inbox("notify", listener);
  }

  @Override
  public URI address() {
    return address;
  }

  /** Whether a host may send here. */
  boolean admits(InetAddress sender) {
    return senders.contains(sender);
  }

  /** Takes a body; false if too many wait already. */
  boolean put(byte[] body) {
    return inbox.offer(body);
  }

  @Override
  public void close() {
    onClose.accept(this);
    inbox.close();
  }
}
