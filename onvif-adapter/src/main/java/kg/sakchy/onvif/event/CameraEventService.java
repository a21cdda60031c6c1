package kg.sakchy.onvif.event;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.device.DeviceFeature;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.camera.RegisteredCameras;
import org.jspecify.annotations.Nullable;

/**
 * Hears all registered cameras that report events, from {@link #start} to {@link #close}.
 *
 * <p>Cameras that register, change or go are followed. After a restart they are subscribed to one
 * after the other, as the sessions' limit on new contacts admits them.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class CameraEventService implements AutoCloseable {
  private static final int PAGE = 500;
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final CameraRegistry registry;
  private final RegisteredCameras cameras;
  private final EventContext context;
  private final ConcurrentHashMap<CameraId, Listening> heard = new ConcurrentHashMap<>();
  private volatile boolean closed;

  private record Listening(CameraDevice device, CameraEventLoop loop, Thread thread) {}

  /**
   * @param receiver for cameras that only notify, or null where none can reach this server
   */
  public CameraEventService(
      CameraRegistry registry,
      RegisteredCameras cameras,
      EventJournal journal,
      @Nullable NotificationReceiver receiver,
      VmsClock clock) {
    this.registry = registry;
    this.cameras = cameras;
    context =
        new EventContext(
            clock, Thread::sleep, journal, Optional.ofNullable(receiver), new AtomicInteger());
  }

  /** Begins with all that are registered; blocks (database). */
  public void start() {
    registry.onDeviceChange(this::changed);
    CameraId after = null;
    List<CameraDevice> page;
    do {
      page = registry.devices(after, PAGE);
      for (CameraDevice device : page) {
        changed(device.camera(), device);
        after = device.camera();
      }
    } while (page.size() == PAGE);
  }

  /** How many cameras have a subscription now. */
  public int subscribed() {
    return context.subscribed().get();
  }

  /** Whether a camera has a subscription now, so that its events are heard by it. */
  public boolean hears(CameraId camera) {
    Listening listening = heard.get(camera);
    return listening != null && listening.loop.isSubscribed();
  }

  private void changed(CameraId camera, @Nullable CameraDevice device) {
    heard.compute(
        camera,
        (id, known) -> {
          boolean same = known != null && known.device.equals(device);
          if (same || closed) {
            return known;
          }
          if (known != null) {
            known.thread.interrupt();
          }
          return device != null && reports(device) ? listening(device) : null;
        });
  }

  private static boolean reports(CameraDevice device) {
    return device.features().contains(DeviceFeature.EVENTS)
        || device.features().contains(DeviceFeature.NOTIFICATIONS);
  }

  private Listening listening(CameraDevice device) {
    CameraEventLoop loop = new CameraEventLoop(cameras.of(device), context);
    Thread thread = Thread.ofVirtual().name("events-" + device.camera()).start(loop);
    return new Listening(device, loop, thread);
  }

  /** Ends all subscriptions; waits for the cameras no longer than a few seconds. */
  @Override
  public void close() {
    closed = true;
    List<Thread> farewells =
        heard.values().stream().map(each -> Thread.ofVirtual().start(() -> end(each))).toList();
    long end = System.nanoTime() + FAREWELL.toNanos();
    try {
      for (Thread farewell : farewells) {
        if (!farewell.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
          farewell.interrupt(); // the camera's subscription lapses by itself
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    heard.clear();
  }

  private static void end(Listening listening) {
    listening.thread.interrupt();
    try {
      listening.thread.join(FAREWELL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    listening.loop.farewell();
  }
}
