package kg.sakchy.onvif.discovery;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.discovery.ProbeMessage.Types;

/**
 * Asks every network this machine is in who is there. Each interface has a socket of its own: one
 * for all would send by the default route only.
 *
 * <p>Threads: confined to the search's virtual thread.
 */
final class MulticastSearch {
  private final DiscoverySettings settings;
  private final List<LocalLink> links;
  private final EventRelay relay;
  private final Cancellation cancellation;
  private final VmsClock clock;
  private final Duration collect;

  MulticastSearch(
      DiscoverySettings settings,
      List<LocalLink> links,
      EventRelay relay,
      Cancellation cancellation,
      VmsClock clock,
      Duration collect) {
    this.settings = settings;
    this.links = links;
    this.relay = relay;
    this.cancellation = cancellation;
    this.clock = clock;
    this.collect = collect;
  }

  /** Runs to its end; fails with UNAVAILABLE when there is no network to ask in. */
  void run() {
    List<ProbeSocket> sockets = open();
    try {
      probe(sockets);
    } finally {
      sockets.forEach(ProbeSocket::close);
    }
  }

  private List<ProbeSocket> open() {
    List<ProbeSocket> sockets = new ArrayList<>();
    for (LocalLink link : links) {
      try {
        sockets.add(ProbeSocket.multicast(link, relay::datagram));
      } catch (IOException e) {
        // The interface went down since it was listed; the others are asked.
      }
    }
    if (sockets.isEmpty()) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "no network interface to search on");
    }
    return sockets;
  }

  private void probe(List<ProbeSocket> sockets) {
    long end = clock.nanoTime() + collect.toNanos();
    byte[] transmitters = ProbeMessage.of(Types.VIDEO_TRANSMITTERS).toBytes();
    byte[] any = ProbeMessage.of(Types.ANY).toBytes();
    for (int round = 1; round <= settings.repeats(); round++) {
      for (ProbeSocket socket : sockets) {
        socket.send(transmitters, settings.group());
        socket.send(any, settings.group());
      }
      if (round < settings.repeats() && !cancellation.pause(settings.repeatEvery())) {
        return;
      }
    }
    cancellation.pause(Duration.ofNanos(end - clock.nanoTime()));
  }
}
