package kg.sakchy.onvif.discovery;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import kg.sakchy.core.device.DiscoveredDevice;
import kg.sakchy.core.device.DiscoveryEvent;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.onvif.discovery.DiscoveryMessage.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Takes what the sockets of a search hear and tells the listener what is new, one event at a time
 * and nothing after the last.
 *
 * <p>Threads: safe for use by many threads; the listener is called while a lock is held and must
 * not wait for the search.
 */
final class EventRelay {
  private final Consumer<DiscoveryEvent> listener;
  private final DeviceBook book;
  private boolean finished;

  EventRelay(List<LocalLink> links, Consumer<DiscoveryEvent> listener) {
    this.listener = listener;
    book = new DeviceBook(links);
  }

  /** A datagram came; broken ones and those of others are passed over. */
  synchronized void datagram(byte[] bytes, InetAddress sender, String heardBy) {
    Optional<DiscoveryMessage> message;
    try {
      message = DiscoveryParser.parse(bytes);
    } catch (VmsException e) {
      return;
    }
    message.ifPresent(
        each -> {
          switch (each) {
            case DiscoveryMessage.Matches(List<Endpoint> endpoints) ->
                endpoints.forEach(endpoint -> found(book.seen(endpoint, sender, heardBy)));
            case DiscoveryMessage.Hello(Endpoint endpoint) ->
                found(book.seen(endpoint, sender, heardBy));
            case DiscoveryMessage.Bye(String reference) -> left(reference);
          }
        });
  }

  /** Something that speaks ONVIF answered at an address. */
  synchronized void answered(URI deviceService, InetAddress sender) {
    found(book.answered(deviceService, sender));
  }

  /** Whether a device answered from there. */
  synchronized boolean hasHeard(InetAddress sender) {
    return book.hasHeard(sender);
  }

  synchronized void progress(int asked, int total) {
    tell(new DiscoveryEvent.Progress(asked, total));
  }

  /** Tells the last event; later calls of anything do nothing. */
  synchronized void finish(@Nullable String problem) {
    tell(new DiscoveryEvent.Finished(book.size(), problem));
    finished = true;
  }

  private void found(Optional<DiscoveredDevice> device) {
    device.ifPresent(each -> tell(new DiscoveryEvent.Found(each)));
  }

  /** Whoever says goodbye is told of even if this search has not met it: others may know it. */
  private void left(String reference) {
    if (!reference.isEmpty()) {
      book.left(reference);
      tell(new DiscoveryEvent.Left(reference));
    }
  }

  private void tell(DiscoveryEvent event) {
    if (!finished) {
      listener.accept(event);
    }
  }
}
