package kg.sakchy.web.device;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.device.DeviceDiscovery;
import kg.sakchy.core.device.DiscoveryRequest;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;

/**
 * The searches that clients have begun: so many at a time, and remembered for a while.
 *
 * <p>Threads: safe for use by many threads. Closing ends those under way.
 */
public final class DiscoverySearches implements AutoCloseable {
  private static final int MOST_RUNNING = 4;
  private static final int MOST_REMEMBERED = 32;
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private final DeviceDiscovery discovery;
  private final CameraRegistry registry;
  private final VmsClock clock;
  private final Map<String, DiscoverySearch> searches = new LinkedHashMap<>();

  public DiscoverySearches(DeviceDiscovery discovery, CameraRegistry registry, VmsClock clock) {
    this.discovery = discovery;
    this.registry = registry;
    this.clock = clock;
  }

  /**
   * Begins a search.
   *
   * @param seen the cameras its owner may know of
   */
  synchronized DiscoverySearch start(
      DiscoveryRequest request, AccountId owner, Predicate<CameraId> seen) {
    forget();
    if (searches.values().stream().filter(search -> !search.isFinished()).count() >= MOST_RUNNING) {
      throw new VmsException(
          ErrorKind.RESOURCE_EXHAUSTED,
          "%d searches are under way; wait for one to finish, or cancel it"
              .formatted(MOST_RUNNING));
    }
    DiscoverySearch search =
        new DiscoverySearch(UUID.randomUUID().toString(), owner, seen, registry, clock.nanoTime());
    search.runs(discovery.start(request, search::heard));
    searches.put(search.id(), search);
    return search;
  }

  /** A search of somebody. */
  synchronized Optional<DiscoverySearch> find(String id, AccountId owner) {
    forget();
    return Optional.ofNullable(searches.get(id)).filter(search -> search.owner().equals(owner));
  }

  /** The oldest go first, and with them searches that never came back. */
  private void forget() {
    long now = clock.nanoTime();
    List<DiscoverySearch> old = new ArrayList<>();
    int surplus = searches.size() - MOST_REMEMBERED + 1;
    for (DiscoverySearch search : searches.values()) {
      boolean aged = now - search.begunNanos() > REMEMBERED.toNanos();
      if (aged || (surplus > 0 && search.isFinished())) {
        old.add(search);
        surplus--;
      }
    }
    for (DiscoverySearch search : old) {
      searches.remove(search.id());
      search.abandon();
    }
  }

  @Override
  public synchronized void close() {
    searches.values().forEach(DiscoverySearch::abandon);
    searches.clear();
  }
}
