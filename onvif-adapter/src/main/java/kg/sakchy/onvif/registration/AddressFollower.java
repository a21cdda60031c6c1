package kg.sakchy.onvif.registration;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import kg.sakchy.core.device.DiscoveredDevice;
import kg.sakchy.core.device.DiscoveryEvent;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves registered cameras to the address at which they make themselves known. To be given the
 * events of {@link kg.sakchy.core.device.DeviceDiscovery}; those it cannot take are lost without
 * harm, since a device is told again with the next search.
 *
 * <p>Anybody can send such announcements. So an endpoint is looked at once a minute, few at a time,
 * and a camera is only moved when it no longer answers where it was and proves to be the same one
 * where it went.
 *
 * <p>Threads: safe for use by many threads; never blocks.
 */
public final class AddressFollower implements Consumer<DiscoveryEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(AddressFollower.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int AT_A_TIME = 8;
  private static final int REMEMBERED = 40_000;
  private static final int MAX_SERVICES = 4;

  private final ProbingCameraRegistration registration;
  private final VmsClock clock;
  private final Semaphore free = new Semaphore(AT_A_TIME);
  private final Map<String, Long> lookedAtNanos =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  public AddressFollower(ProbingCameraRegistration registration, VmsClock clock) {
    this.registration = registration;
    this.clock = clock;
  }

  @Override
  public void accept(DiscoveryEvent event) {
    switch (event) {
      case DiscoveryEvent.Found found -> look(found.device());
      case DiscoveryEvent.Left left -> {}
      case DiscoveryEvent.Progress progress -> {}
      case DiscoveryEvent.Finished finished -> {}
    }
  }

  private void look(DiscoveredDevice device) {
    if (device.endpoint().isEmpty() || !free.tryAcquire()) {
      return;
    }
    if (!isDue(device.endpoint())) {
      free.release();
      return;
    }
    Thread.ofVirtual()
        .name("address-follower")
        .start(
            () -> {
              try {
                registration.follow(
                    device.endpoint(), device.services().stream().limit(MAX_SERVICES).toList());
              } catch (VmsException e) {
                LOG.atDebug().setCause(e).log("a camera could not be followed");
              } finally {
                free.release();
              }
            });
  }

  private boolean isDue(String endpoint) {
    long now = clock.nanoTime();
    synchronized (lookedAtNanos) {
      Long before = lookedAtNanos.get(endpoint);
      if (before != null && now - before < PAUSE.toNanos()) {
        return false;
      }
      lookedAtNanos.put(endpoint, now);
      return true;
    }
  }
}
