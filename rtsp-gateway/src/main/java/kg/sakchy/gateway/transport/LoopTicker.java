package kg.sakchy.gateway.transport;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One coarse tick for everything on an event loop that watches time: answers, stalls, keep-alives,
 * rates. A timer per packet or per camera would cost more than the packets do.
 *
 * <p>A tick that comes late (the process was stopped, the machine overloaded) is skipped: packets
 * that wait in the sockets are read first, so that nobody is declared dead because we slept.
 *
 * <p>Threads: confined to the loop.
 */
public final class LoopTicker {
  private static final Logger log = LoggerFactory.getLogger(LoopTicker.class);
  private static final long LATE_NANOS = 1_000_000_000L;

  private final EventLoop loop;
  private final VmsClock clock;
  private final Duration period;
  private final List<Ticking> ticking = new ArrayList<>();
  private @Nullable ScheduledFuture<?> timer;
  private long lastNanos;

  /** Something that looks at the time now and then. */
  public interface Ticking {
    /**
     * @param nowNanos monotonic
     */
    void onTick(long nowNanos);
  }

  LoopTicker(EventLoop loop, VmsClock clock, Duration period) {
    this.loop = loop;
    this.clock = clock;
    this.period = period;
  }

  public void add(Ticking newcomer) {
    ticking.add(newcomer);
    if (timer == null) {
      lastNanos = System.nanoTime();
      long nanos = period.toNanos();
      timer = loop.scheduleWithFixedDelay(this::tick, nanos, nanos, TimeUnit.NANOSECONDS);
    }
  }

  public void remove(Ticking leaver) {
    ticking.remove(leaver);
    if (ticking.isEmpty() && timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void tick() {
    long machineNanos = System.nanoTime();
    boolean late = machineNanos - lastNanos > period.toNanos() + LATE_NANOS;
    lastNanos = machineNanos;
    if (late) {
      log.warn("the network thread {} was held up; time checks skipped once", loop);
      return;
    }
    long now = clock.nanoTime();
    for (Ticking each : List.copyOf(ticking)) {
      try {
        each.onTick(now);
      } catch (RuntimeException e) {
        log.error("a tick failed", e);
      }
    }
  }
}
