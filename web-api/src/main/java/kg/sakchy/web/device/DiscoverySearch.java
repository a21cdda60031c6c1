package kg.sakchy.web.device;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.device.DeviceDiscovery;
import kg.sakchy.core.device.DiscoveredDevice;
import kg.sakchy.core.device.DiscoveryEvent;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.web.http.EventFeed;
import kg.sakchy.web.http.ProgressSteps;
import kg.sakchy.web.http.ServerEvent;
import org.jspecify.annotations.Nullable;

/**
 * One search with everything it found, for clients that come, go and come back.
 *
 * <p>A network may hold more answers than anybody can read: what is over {@link #MOST_EVENTS} is
 * left out, and the last event says so.
 *
 * <p>Threads: safe for use by many threads. Looking up what is registered may block, and so is done
 * on a thread of the search, not on that of the discovery.
 */
final class DiscoverySearch {
  private static final int MOST_EVENTS = 5_000;
  private static final int BATCH = 100;

  private final String id;
  private final AccountId owner;
  private final Predicate<CameraId> seen;
  private final CameraRegistry registry;
  private final long begunNanos;
  private final BlockingQueue<DiscoveryEvent> heard = new LinkedBlockingQueue<>();
  private final ProgressSteps steps = new ProgressSteps();
  private final List<ServerEvent> told = new ArrayList<>();
  private final Set<EventFeed.Sink> sinks = new LinkedHashSet<>();
  private boolean leftOut;
  private boolean finished;
  private DeviceDiscovery.@Nullable Search search;

  /**
   * @param owner who began it
   * @param seen the cameras he may know of
   */
  DiscoverySearch(
      String id,
      AccountId owner,
      Predicate<CameraId> seen,
      CameraRegistry registry,
      long begunNanos) {
    this.id = id;
    this.owner = owner;
    this.seen = seen;
    this.registry = registry;
    this.begunNanos = begunNanos;
  }

  String id() {
    return id;
  }

  /** Who began it. */
  AccountId owner() {
    return owner;
  }

  /** When it began, by the monotonic clock. */
  long begunNanos() {
    return begunNanos;
  }

  synchronized boolean isFinished() {
    return finished;
  }

  /** Whether a client that has seen the event of this number has seen everything. */
  synchronized boolean isAllSeen(long number) {
    return finished && number >= told.size();
  }

  /** The search that feeds {@link #heard}. */
  synchronized void runs(DeviceDiscovery.Search running) {
    search = running;
    Thread.ofVirtual().name("discovery-" + id).start(this::work);
  }

  /** Takes an event of the discovery; quick. */
  void heard(DiscoveryEvent event) {
    if (event instanceof DiscoveryEvent.Finished || heard.size() < MOST_EVENTS) {
      heard.add(event);
    }
  }

  /** Ends the search early; its last event still comes. */
  void cancel() {
    DeviceDiscovery.Search running;
    synchronized (this) {
      running = search;
    }
    if (running != null) {
      running.close();
    }
  }

  /** Ends everything without a last event: the server stops, or the search never came back. */
  void abandon() {
    cancel();
    heard(new DiscoveryEvent.Finished(0, "the search was given up"));
  }

  private void work() {
    try {
      while (!isFinished()) {
        tell(heard.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(DiscoveryEvent event) {
    switch (event) {
      case DiscoveryEvent.Found found -> tell("found", found(found.device()), false);
      case DiscoveryEvent.Left left ->
          tell("left", new JsonObject().put("endpoint", left.endpoint()), false);
      case DiscoveryEvent.Progress progress -> {
        if (steps.isNew(progress.asked(), progress.total())) {
          tell(
              "progress",
              new JsonObject().put("asked", progress.asked()).put("total", progress.total()),
              false);
        }
      }
      case DiscoveryEvent.Finished last -> tell("finished", finished(last), true);
    }
  }

  private synchronized JsonObject finished(DiscoveryEvent.Finished last) {
    String problem =
        leftOut && last.problem() == null
            ? "more than %d answers came; the rest is left out".formatted(MOST_EVENTS)
            : last.problem();
    return new JsonObject().put("found", last.found()).put("problem", problem);
  }

  private synchronized void tell(String name, JsonObject data, boolean last) {
    if (!last && told.size() >= MOST_EVENTS) {
      leftOut = true;
      return;
    }
    ServerEvent event = ServerEvent.of(told.size() + 1L, name, data);
    told.add(event);
    sinks.forEach(sink -> sink.send(event));
    if (last) {
      finished = true;
      sinks.forEach(EventFeed.Sink::end);
      sinks.clear();
    }
  }

  private JsonObject found(DiscoveredDevice device) {
    JsonArray services = new JsonArray();
    device.services().forEach(service -> services.add(service.toString()));
    JsonObject json =
        new JsonObject()
            .put("endpoint", device.endpoint())
            .put("services", services)
            .put("sender", device.sender().getHostAddress())
            .put("name", device.name())
            .put("hardware", device.hardware())
            .put("location", device.location())
            .put("onvifProfiles", DeviceJson.sorted(device.onvifProfiles()))
            .put("networkInterface", device.networkInterface())
            .put("otherSubnet", device.otherSubnet());
    try {
      CameraDevice known = registry.deviceByEndpoint(device.endpoint()).orElse(null);
      CameraId camera = known == null ? null : known.camera();
      return json.put("registered", camera != null)
          .put("camera", camera != null && seen.test(camera) ? camera.value() : null);
    } catch (VmsException unknown) {
      return json.putNull("registered").putNull("camera"); // found all the same
    }
  }

  /** Sends what follows the event of this number, at the client's pace, then what comes. */
  EventFeed.Subscription follow(EventFeed.Sink sink, long after) {
    int next = (int) Math.clamp(after, 0, MOST_EVENTS + 1L);
    while (true) {
      List<ServerEvent> batch;
      synchronized (this) {
        batch = batch(next);
        if (batch.isEmpty()) {
          if (finished) {
            sink.end();
          } else {
            sinks.add(sink);
          }
          return () -> leave(sink);
        }
      }
      batch.forEach(sink::send);
      sink.awaitTaken();
      next += batch.size();
    }
  }

  private List<ServerEvent> batch(int from) {
    return from >= told.size()
        ? List.of()
        : List.copyOf(told.subList(from, Math.min(told.size(), from + BATCH)));
  }

  private synchronized void leave(EventFeed.Sink sink) {
    sinks.remove(sink);
  }
}
