package kg.sakchy.onvif.registration;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceProbe;
import kg.sakchy.core.device.DeviceReport;
import kg.sakchy.core.device.DeviceSetup;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * A probe that ends in time, whatever the camera does. Only the probe itself is interrupted, never
 * what its caller does with the database.
 *
 * <p>Threads: safe for use by many threads; each probe has a virtual thread of its own.
 */
final class LimitedProbe implements DeviceProbe, AutoCloseable {
  private final DeviceProbe probe;
  private final Duration limit;
  private final Set<FutureTask<DeviceReport>> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  LimitedProbe(DeviceProbe probe, Duration limit) {
    this.probe = probe;
    this.limit = limit;
  }

  /** TIMEOUT when the probe was not done in time, CANCELLED when this was closed. */
  @Override
  public DeviceReport probe(DeviceAddress address) {
    FutureTask<DeviceReport> task = new FutureTask<>(() -> probe.probe(address));
    underWay.add(task);
    if (closed) {
      task.cancel(true);
    }
    Thread.ofVirtual().name("probe").start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (CancellationException e) {
      throw new VmsException(ErrorKind.CANCELLED, "the server is stopping", e);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw new VmsException(
          ErrorKind.TIMEOUT, "the camera did not finish answering in " + limit.toSeconds() + " s");
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new VmsException(ErrorKind.CANCELLED, "the probe was interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof VmsException known
          ? known
          : new VmsException(ErrorKind.INTERNAL, "the probe failed", e.getCause());
    } finally {
      underWay.remove(task);
    }
  }

  @Override
  public List<String> setUp(DeviceAddress address, DeviceSetup setup) {
    return probe.setUp(address, setup);
  }

  /** Ends all probes under way, and any that comes later at once. */
  @Override
  public void close() {
    closed = true;
    underWay.forEach(task -> task.cancel(true));
  }
}
