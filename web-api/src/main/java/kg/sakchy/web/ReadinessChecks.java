package kg.sakchy.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;

/**
 * Readiness from checks that may block: each runs again and again on a virtual thread of its own,
 * and the last result is what is told. A check that does not come back is told as such.
 *
 * <p>Threads: safe for use by many threads. Closing waits a moment for checks under way, then
 * interrupts them.
 */
public final class ReadinessChecks implements Readiness, AutoCloseable {
  private static final long CLOSE_SECONDS = 1;

  private final List<String> names;
  private final Duration interval;
  private final Duration patience;
  private final VmsClock clock;
  private final Map<String, Result> results = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("readiness-", 0).factory());

  /** Looks at one part; may block. */
  @FunctionalInterface
  public interface Check {
    /**
     * Looks.
     *
     * @return what is well, in words
     * @throws VmsException what is not, in words
     */
    String look();
  }

  private record Result(Component component, long begunNanos, boolean running) {}

  private ReadinessChecks(
      List<String> names, Duration interval, Duration patience, VmsClock clock) {
    this.names = names;
    this.interval = interval;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Begins to check.
   *
   * @param checks by name; told in the map's order
   * @param interval rest between two runs of a check
   * @param patience after which a check that runs counts as a failure
   */
  public static ReadinessChecks start(
      Map<String, Check> checks, Duration interval, Duration patience, VmsClock clock) {
    ReadinessChecks readiness =
        new ReadinessChecks(List.copyOf(checks.keySet()), interval, patience, clock);
    checks.forEach(
        (name, check) -> {
          readiness.begin(name, new Component(name, false, "not looked at yet"));
          readiness.threads.execute(() -> readiness.repeat(name, check));
        });
    return readiness;
  }

  private void begin(String name, Component last) {
    results.put(name, new Result(last, clock.nanoTime(), true));
  }

  private void repeat(String name, Check check) {
    try {
      boolean closed = false;
      while (!closed) {
        Component component = look(name, check);
        results.put(name, new Result(component, clock.nanoTime(), false));
        closed = closing.await(interval.toNanos(), TimeUnit.NANOSECONDS);
        begin(name, component);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Component look(String name, Check check) {
    try {
      return new Component(name, true, check.look());
    } catch (VmsException e) {
      return new Component(name, false, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return new Component(name, false, "the check itself failed: " + e.getClass().getSimpleName());
    }
  }

  @Override
  public List<Component> components() {
    List<Component> components = new ArrayList<>();
    for (String name : names) {
      Result result = results.get(name);
      if (result != null) {
        components.add(overdue(result) ? late(name) : result.component());
      }
    }
    return components;
  }

  private boolean overdue(Result result) {
    return result.running() && clock.nanoTime() - result.begunNanos() > patience.toNanos();
  }

  private Component late(String name) {
    return new Component(name, false, "no answer for more than " + patience.toSeconds() + " s");
  }

  @Override
  public void close() {
    closing.countDown();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
