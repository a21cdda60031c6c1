package kg.sakchy.onvif.health;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.device.DeviceHealth;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.core.event.EventLog;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.camera.RegisteredCameras;
import kg.sakchy.onvif.event.EventJournal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every registered camera once in {@link #ROUND}, evenly spread over it, and tells what
 * changed.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class HealthMonitor implements DeviceHealth.Source, AutoCloseable {
  /** How often each camera is looked at. */
  public static final Duration ROUND = Duration.ofMinutes(5);

  /** After a start nothing is known yet: one camera after the other, in less than a round. */
  private static final Duration FIRST_PACE = Duration.ofMillis(50);

  private static final Duration NOBODY = Duration.ofSeconds(5);
  private static final int PAGE = 200;
  private static final int AT_A_TIME = 32;
  private static final Duration FAREWELL = Duration.ofSeconds(2);
  private static final Logger log = LoggerFactory.getLogger(HealthMonitor.class);

  private final CameraRegistry registry;
  private final RegisteredCameras cameras;
  private final EventJournal journal;
  private final HealthCheck check;
  private final ConcurrentHashMap<CameraId, DeviceHealth> known = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<CameraId, String> storage = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Semaphore atATime = new Semaphore(AT_A_TIME);
  private final Thread walker = Thread.ofVirtual().name("health").unstarted(this::run);

  /**
   * @param events is listened to for what cameras say of their storage
   * @param streaming whether a camera's recorded stream delivers pictures; empty if it need not
   */
  public HealthMonitor(
      CameraRegistry registry,
      RegisteredCameras cameras,
      EventLog events,
      EventJournal journal,
      Function<CameraId, Optional<Boolean>> streaming,
      VmsClock clock) {
    this.registry = registry;
    this.cameras = cameras;
    this.journal = journal;
    check = new HealthCheck(clock, streaming, camera -> Optional.ofNullable(storage.get(camera)));
    events.onAppend(entries -> entries.forEach(entry -> heard(entry.event())));
    registry.onDeviceChange(this::changed);
  }

  /** Begins to look. */
  public void start() {
    walker.start();
  }

  @Override
  public Optional<DeviceHealth> health(CameraId camera) {
    return Optional.ofNullable(known.get(camera));
  }

  /** Looks at one camera now; blocks. */
  public DeviceHealth look(CameraDevice device) {
    DeviceHealth before = known.get(device.camera());
    DeviceHealth now = check.look(cameras.of(device), Optional.ofNullable(before));
    known.put(device.camera(), now);
    journal.add(HealthChanges.between(before, now));
    return now;
  }

  private void heard(CameraEvent event) {
    if (event.kind() == EventKind.STORAGE) {
      switch (event.state()) {
        case ACTIVE -> storage.put(event.camera(), "the camera reports: " + event.topic());
        case INACTIVE -> storage.remove(event.camera());
        case PULSE -> {}
      }
    }
  }

  private void changed(CameraId camera, @Nullable CameraDevice device) {
    if (device == null) {
      known.remove(camera);
      storage.remove(camera);
    }
  }

  private void run() {
    try {
      boolean closed = false;
      while (!closed) {
        closed = round();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks at all cameras once; returns whether the monitor was closed meanwhile. */
  private boolean round() throws InterruptedException {
    CameraId after = null;
    boolean first = known.isEmpty();
    int count = Math.max(1, known.size());
    int looked = 0;
    List<CameraDevice> page;
    do {
      page = page(after);
      for (CameraDevice device : page) {
        atATime.acquire();
        Thread.ofVirtual().name("health-" + device.camera()).start(() -> lookOnce(device));
        after = device.camera();
        looked++;
        if (closedWithin(first ? FIRST_PACE : ROUND.dividedBy(count))) {
          return true;
        }
      }
    } while (page.size() == PAGE);
    return looked == 0 && closedWithin(NOBODY);
  }

  private boolean closedWithin(Duration pause) throws InterruptedException {
    return closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  private List<CameraDevice> page(@Nullable CameraId after) {
    try {
      return registry.devices(after, PAGE);
    } catch (VmsException e) {
      log.atWarn().log("the cameras cannot be listed: {}", e.toLogLine());
      return List.of();
    }
  }

  private void lookOnce(CameraDevice device) {
    try {
      look(device);
    } catch (VmsException e) {
      log.atDebug().addKeyValue("camera", device.camera()).log("{}", e.toLogLine());
    } finally {
      atATime.release();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    if (walker.getState() == Thread.State.NEW) {
      return; // it was never started
    }
    try {
      if (!walker.join(
          FAREWELL)) { // a query under way ends by itself; breaking it costs a connection
        walker.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
