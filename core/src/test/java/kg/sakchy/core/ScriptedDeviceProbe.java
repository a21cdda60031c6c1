package kg.sakchy.core;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceProbe;
import kg.sakchy.core.device.DeviceReport;
import kg.sakchy.core.device.DeviceSetup;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * A probe that knows devices by host and port: each answers, refuses, or stays silent as the test
 * says. Nobody else answers.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class ScriptedDeviceProbe implements DeviceProbe {
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
  private final List<DeviceSetup> setUps = new ArrayList<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostUnderWay = new AtomicInteger();
  private volatile Duration delay = Duration.ZERO;

  /** A device that answers at its report's address, to the credentials of that address only. */
  public void add(DeviceReport report) {
    answers.put(key(report.address().service()), new Answer.Report(report));
  }

  /** Nobody is at the address any more. */
  public void remove(DeviceAddress address) {
    answers.remove(key(address.service()));
  }

  /** From now on a device fails. */
  public void fail(DeviceAddress address, ErrorKind kind, String message) {
    answers.put(key(address.service()), new Answer.Failure(kind, message));
  }

  /** From now on probes of this address hang until they are interrupted. */
  public void silence(DeviceAddress address) {
    answers.put(key(address.service()), new Answer.Silence());
  }

  /** How long each answer takes. */
  public void delay(Duration newDelay) {
    delay = newDelay;
  }

  /** How often an address was probed. */
  public int asked(DeviceAddress address) {
    AtomicInteger count = asked.get(key(address.service()));
    return count == null ? 0 : count.get();
  }

  /** How often any address was probed. */
  public int asked() {
    return asked.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  /** Probes going on just now. */
  public int underWay() {
    return underWay.get();
  }

  /** The most probes that ever went on at a time. */
  public int mostUnderWay() {
    return mostUnderWay.get();
  }

  /** The set-ups so far. */
  public List<DeviceSetup> setUps() {
    synchronized (setUps) {
      return List.copyOf(setUps);
    }
  }

  @Override
  public DeviceReport probe(DeviceAddress address) {
    String key = key(address.service());
    asked.computeIfAbsent(key, unknown -> new AtomicInteger()).incrementAndGet();
    mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    try {
      return answer(address, answers.getOrDefault(key, new Answer.Nobody()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VmsException(ErrorKind.CANCELLED, "the probe was interrupted", e);
    } finally {
      underWay.decrementAndGet();
    }
  }

  @Override
  public List<String> setUp(DeviceAddress address, DeviceSetup setup) {
    probe(address);
    synchronized (setUps) {
      setUps.add(setup);
    }
    return List.of();
  }

  private DeviceReport answer(DeviceAddress address, Answer answer) throws InterruptedException {
    if (answer instanceof Answer.Silence) {
      new CountDownLatch(1).await();
    }
    if (!delay.isZero()) {
      Thread.sleep(delay);
    }
    return switch (answer) {
      case Answer.Report told -> loggedIn(address, told.report());
      case Answer.Failure failure -> throw new VmsException(failure.kind(), failure.message());
      case Answer.Nobody nobody ->
          throw new VmsException(ErrorKind.UNAVAILABLE, "nobody answers at this address");
      case Answer.Silence silence -> throw new IllegalStateException("the latch was opened");
    };
  }

  private static DeviceReport loggedIn(DeviceAddress address, DeviceReport report) {
    if (!java.util.Objects.equals(address.credentials(), report.address().credentials())) {
      throw new VmsException(
          ErrorKind.UNAUTHENTICATED, "the camera does not take this user and password");
    }
    return new DeviceReport(
        new DeviceAddress(report.address().service(), address.credentials(), address.keepHost()),
        report.identity(),
        report.onvifProfiles(),
        report.features(),
        report.profiles(),
        report.mainProfile(),
        report.subProfile(),
        report.clockOffset(),
        report.warnings());
  }

  private static String key(URI service) {
    int port = service.getPort();
    boolean https = "https".equalsIgnoreCase(service.getScheme());
    return service.getHost() + ":" + (port >= 0 ? port : https ? 443 : 80);
  }

  private sealed interface Answer {
    record Report(DeviceReport report) implements Answer {}

    record Failure(ErrorKind kind, String message) implements Answer {}

    record Silence() implements Answer {}

    record Nobody() implements Answer {}
  }
}
