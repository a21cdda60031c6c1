package kg.sakchy.core.device;

import java.util.function.Consumer;

/**
 * Finds cameras on the network.
 *
 * <p>Threads: safe for use by many threads; never blocks. The listener is called by one thread at a
 * time.
 */
public interface DeviceDiscovery {
  /**
   * Begins a search. Its last event is {@link DiscoveryEvent.Finished}.
   *
   * @throws kg.sakchy.core.error.VmsException INVALID_ARGUMENT for a range that cannot be read or
   *     is too large
   */
  Search start(DiscoveryRequest request, Consumer<DiscoveryEvent> listener);

  /** Tells cameras that come and go by themselves (Hello and Bye), from now on. */
  Search listen(Consumer<DiscoveryEvent> listener);

  /** A search under way; closing ends it early, with its last event. Idempotent. */
  interface Search extends AutoCloseable {
    @Override
    void close();
  }
}
