package kg.sakchy.gateway.track;

import java.time.Instant;
import kg.sakchy.core.time.VmsClock;

/**
 * When the bytes being worked on were read. Taken once for all packets of a read, because the clock
 * is asked far too often otherwise, and they did arrive together.
 *
 * <p>Threads: confined to the stream's event loop.
 */
public final class ArrivalStamp {
  private final VmsClock clock;
  private Instant utc;
  private long nanos;

  public ArrivalStamp(VmsClock clock) {
    this.clock = clock;
    utc = clock.now();
    nanos = clock.nanoTime();
  }

  /** Bytes were just read. */
  public void take() {
    utc = clock.now();
    nanos = clock.nanoTime();
  }

  public Instant utc() {
    return utc;
  }

  /** Monotonic. */
  public long nanos() {
    return nanos;
  }
}
