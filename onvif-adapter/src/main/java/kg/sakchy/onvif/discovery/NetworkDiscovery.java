package kg.sakchy.onvif.discovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import kg.sakchy.core.time.VmsClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds devices on the networks of this machine and in ranges of addresses.
 *
 * <p>Each search tells its listener what it finds, how far it is, and at last that it is finished;
 * one event at a time, from threads of its own. A listener must not block.
 *
 * <p>Threads: safe for use by many threads; no method blocks.
 */
public final class NetworkDiscovery {
  private static final Logger log = LoggerFactory.getLogger(NetworkDiscovery.class);

  private final DiscoverySettings settings;
  private final Supplier<List<LocalLink>> links;
  private final DeviceKnock knock;
  private final VmsClock clock;

  public NetworkDiscovery(DeviceKnock knock, VmsClock clock) {
    this(DiscoverySettings.STANDARD, LocalLink::all, knock, clock);
  }

  NetworkDiscovery(
      DiscoverySettings settings,
      Supplier<List<LocalLink>> links,
      DeviceKnock knock,
      VmsClock clock) {
    this.settings = settings;
    this.links = links;
    this.knock = knock;
    this.clock = clock;
  }

  /** A search that runs, or the listening for announcements; to be closed when no longer wanted. */
  public interface Running extends AutoCloseable {
    /** Ends it early. Idempotent; a search says that it is finished. */
    @Override
    void close();
  }

  /** Asks every network this machine is in; lasts five seconds. */
  public Running search(Consumer<DiscoveryEvent> listener) {
    List<LocalLink> asked = links.get();
    return start(
        asked,
        listener,
        (relay, cancellation) ->
            new MulticastSearch(settings, asked, relay, cancellation, clock).run());
  }

  /** Asks every address of a range, wherever it is. */
  public Running scan(ScanTargets targets, Consumer<DiscoveryEvent> listener) {
    return start(
        links.get(),
        listener,
        (relay, cancellation) ->
            new RangeScan(settings, targets, knock, relay, cancellation, clock).run());
  }

  /**
   * Tells of devices as they come and go, until closed: found again by its key, a camera whose
   * address changed is the same camera.
   *
   * @throws UncheckedIOException if the port of WS-Discovery cannot be had
   */
  public Running listen(Consumer<DiscoveryEvent> listener) {
    List<LocalLink> joined = links.get();
    EventRelay relay = new EventRelay(joined, listener);
    try {
      return ProbeSocket.announcements(settings.group(), joined, relay::datagram)::close;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends one probe to one address from a given socket; answers come to that socket. */
  static void probe(ProbeSocket socket, InetAddress address, int port) {
    socket.send(
        ProbeMessage.of(ProbeMessage.Types.VIDEO_TRANSMITTERS).toBytes(),
        new InetSocketAddress(address, port));
  }

  private static Running start(
      List<LocalLink> links, Consumer<DiscoveryEvent> listener, Search search) {
    EventRelay relay = new EventRelay(links, listener);
    Cancellation cancellation = new Cancellation();
    Thread.ofVirtual()
        .name("discovery")
        .start(
            () -> {
              try {
                search.run(relay, cancellation);
              } catch (RuntimeException e) {
                log.atWarn().setCause(e).log("the search ended early");
                cancellation.cancel();
              } finally {
                relay.finish(cancellation.isCancelled());
              }
            });
    return cancellation::cancel;
  }

  /** What a search does on its thread. */
  private interface Search {
    void run(EventRelay relay, Cancellation cancellation);
  }
}
