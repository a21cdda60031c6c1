package kg.sakchy.onvif.discovery;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import kg.sakchy.core.device.DeviceDiscovery;
import kg.sakchy.core.device.DiscoveryEvent;
import kg.sakchy.core.device.DiscoveryRequest;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds devices on the networks of this machine and in ranges of addresses.
 *
 * <p>Threads: safe for use by many threads; no method blocks. Each search has a virtual thread, and
 * a listener that blocks holds up its own search only.
 */
public final class NetworkDiscovery implements DeviceDiscovery {
  /** Longest time to listen for answers. */
  public static final Duration MAX_DURATION = Duration.ofMinutes(1);

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

  @Override
  public Search start(DiscoveryRequest request, Consumer<DiscoveryEvent> listener) {
    Duration duration = request.duration();
    if (duration.isNegative() || duration.compareTo(MAX_DURATION) > 0) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "a search listens for up to a minute");
    }
    return request.ranges().isEmpty()
        ? multicast(duration, listener)
        : scan(ScanTargets.parse(String.join(",", request.ranges())), listener);
  }

  private Search multicast(Duration duration, Consumer<DiscoveryEvent> listener) {
    List<LocalLink> asked = links.get();
    return run(
        asked,
        listener,
        (relay, cancellation) ->
            new MulticastSearch(settings, asked, relay, cancellation, clock, duration).run());
  }

  private Search scan(ScanTargets targets, Consumer<DiscoveryEvent> listener) {
    return run(
        links.get(),
        listener,
        (relay, cancellation) ->
            new RangeScan(settings, targets, knock, relay, cancellation, clock).run());
  }

  /**
   * {@inheritDoc}
   *
   * @throws VmsException UNAVAILABLE if the port of WS-Discovery cannot be had
   */
  @Override
  public Search listen(Consumer<DiscoveryEvent> listener) {
    List<LocalLink> joined = links.get();
    EventRelay relay = new EventRelay(joined, listener);
    try {
      ProbeSocket socket = ProbeSocket.announcements(settings.group(), joined, relay::datagram);
      return () -> {
        socket.close();
        relay.finish(null);
      };
    } catch (IOException e) {
      throw new VmsException(
          ErrorKind.UNAVAILABLE, "UDP port " + settings.probePort() + " cannot be used", e);
    }
  }

  private static Search run(List<LocalLink> links, Consumer<DiscoveryEvent> listener, Work work) {
    EventRelay relay = new EventRelay(links, listener);
    Cancellation cancellation = new Cancellation();
    Thread.ofVirtual().name("discovery").start(() -> toItsEnd(work, relay, cancellation));
    return cancellation::cancel;
  }

  private static void toItsEnd(Work work, EventRelay relay, Cancellation cancellation) {
    String problem = "the search broke off";
    try {
      work.run(relay, cancellation);
      problem = cancellation.isCancelled() ? "the search was ended early" : null;
    } catch (VmsException e) {
      problem = e.getMessage();
    } catch (RuntimeException e) {
      log.atWarn().setCause(e).log("a search for cameras failed");
    } finally {
      relay.finish(problem);
    }
  }

  /** What a search does on its thread. */
  private interface Work {
    void run(EventRelay relay, Cancellation cancellation);
  }
}
