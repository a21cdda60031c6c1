package kg.sakchy.onvif.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.discovery.ProbeMessage.Types;

/**
 * Asks address after address: a probe over UDP, and where none answers the ports on which device
 * services usually listen. For networks that multicast does not reach.
 *
 * <p>Threads: {@link #run} is confined to the search's virtual thread; attempts to connect have
 * virtual threads of their own, bounded in number and in rate.
 */
final class RangeScan {
  private static final int BLOCK = 256;
  private static final int TLS_PORT = 443;
  private static final String PATH = "/onvif/device_service";

  private final DiscoverySettings settings;
  private final ScanTargets targets;
  private final DeviceKnock knock;
  private final EventRelay relay;
  private final Cancellation cancellation;
  private final Pace pace;
  private final Semaphore inFlight;

  RangeScan(
      DiscoverySettings settings,
      ScanTargets targets,
      DeviceKnock knock,
      EventRelay relay,
      Cancellation cancellation,
      VmsClock clock) {
    this.settings = settings;
    this.targets = targets;
    this.knock = knock;
    this.relay = relay;
    this.cancellation = cancellation;
    pace = new Pace(clock, settings.perSecond());
    inFlight = new Semaphore(settings.connectsInFlight());
  }

  /** Runs to its end. */
  void run() {
    try (ProbeSocket socket = ProbeSocket.unicast(relay::datagram)) {
      Iterator<InetAddress> rest = targets.iterator();
      int done = 0;
      while (rest.hasNext() && !cancellation.isCancelled()) {
        List<InetAddress> block = new ArrayList<>();
        while (rest.hasNext() && block.size() < BLOCK) {
          block.add(rest.next());
        }
        probe(socket, block);
        connect(block);
        done += block.size();
        relay.progress(done, targets.size());
      }
    } catch (IOException e) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "no socket to scan with", e);
    }
  }

  private void probe(ProbeSocket socket, List<InetAddress> block) {
    byte[] probe = ProbeMessage.of(Types.VIDEO_TRANSMITTERS).toBytes();
    for (InetAddress address : block) {
      if (!cancellation.pause(pace.next())) {
        return;
      }
      socket.send(probe, new InetSocketAddress(address, settings.probePort()));
    }
    cancellation.pause(settings.unicastWait());
  }

  private void connect(List<InetAddress> block) {
    try (ExecutorService attempts = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int port : settings.tcpPorts()) {
        for (InetAddress address : block) {
          if (relay.hasHeard(address)) {
            continue;
          }
          if (!cancellation.pause(pace.next())) {
            return;
          }
          inFlight.acquireUninterruptibly();
          attempts.execute(() -> attempt(address, port));
        }
      }
    }
  }

  private void attempt(InetAddress address, int port) {
    try {
      if (isOpen(address, port)) {
        URI deviceService = deviceService(address, port);
        if (!cancellation.isCancelled() && knock.answers(deviceService)) {
          relay.answered(deviceService, address);
        }
      }
    } finally {
      inFlight.release();
    }
  }

  private boolean isOpen(InetAddress address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(address, port), (int) settings.connectTimeout().toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static URI deviceService(InetAddress address, int port) {
    String host = address.getHostAddress();
    return switch (port) {
      case 80 -> URI.create("http://" + host + PATH);
      case TLS_PORT -> URI.create("https://" + host + PATH);
      default -> URI.create("http://" + host + ":" + port + PATH);
    };
  }
}
