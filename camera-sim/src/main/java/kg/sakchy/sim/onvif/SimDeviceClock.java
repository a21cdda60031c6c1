package kg.sakchy.sim.onvif;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import kg.sakchy.core.time.VmsClock;

/**
 * A device's clock, right or wrong. Its zone is a fixed offset; daylight saving is not simulated.
 * Threads: any.
 */
public final class SimDeviceClock {
  private final VmsClock truth;
  private volatile Duration offset = Duration.ZERO;
  private volatile ZoneOffset zone = ZoneOffset.ofHours(6);
  private volatile boolean ntp;

  SimDeviceClock(VmsClock truth) {
    this.truth = truth;
  }

  /** UTC as the device believes it. */
  public Instant now() {
    return truth.now().plus(offset);
  }

  /** Monotonic nanoseconds. */
  public long nanoTime() {
    return truth.nanoTime();
  }

  /** How far it is from the truth; positive is in the future. */
  public Duration offset() {
    return offset;
  }

  /** Makes it wrong by so much. */
  public void setOffset(Duration newOffset) {
    offset = newOffset;
  }

  /** Somebody sets it to a time. */
  public void set(Instant time) {
    offset = Duration.between(truth.now(), time);
  }

  public ZoneOffset zone() {
    return zone;
  }

  public void setZone(ZoneOffset newZone) {
    zone = newZone;
  }

  /** Whether it follows a time server; then it is right. */
  public boolean ntp() {
    return ntp;
  }

  /** Follows a time server from now on, or no longer. */
  public void setNtp(boolean on) {
    ntp = on;
    if (on) {
      offset = Duration.ZERO;
    }
  }
}
