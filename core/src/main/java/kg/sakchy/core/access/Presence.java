package kg.sakchy.core.access;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;

/**
 * Somebody who came in, for as long as he stays: what he showed is shown again from time to time
 * while somebody asks, so that what goes on ends with his session, his token or his account.
 *
 * <p>Keeps what he showed in memory, and prints none of it. While the database is away who is in
 * stays in.
 *
 * <p>Threads: safe for use by many threads. {@link #enter} and {@link #stillHolds} block; {@link
 * #holds} does not: it looks again on a thread of its own.
 */
public final class Presence {
  /** How old an answer of {@link #holds} may be before it is looked at again. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final Authentication authentication;
  private final Authentication.Shown shown;
  private final String address;
  private final VmsClock clock;
  private final Caller caller;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile long lookedNanos;
  private volatile boolean over;

  private Presence(
      Authentication authentication,
      Authentication.Shown shown,
      String address,
      VmsClock clock,
      Caller caller) {
    this.authentication = authentication;
    this.shown = shown;
    this.address = address;
    this.clock = clock;
    this.caller = caller;
    lookedNanos = clock.nanoTime();
  }

  /**
   * Comes in.
   *
   * @param address where from, as text
   * @throws VmsException as {@link Authentication#authenticate}
   */
  public static Presence enter(
      Authentication authentication, Authentication.Shown shown, String address, VmsClock clock) {
    Caller caller = authentication.authenticate(shown, address);
    return new Presence(authentication, shown, address, clock, caller);
  }

  /** Who it is. */
  public Caller caller() {
    return caller;
  }

  /** Whether he may still be here, as far as it was known a moment ago. */
  public boolean holds() {
    if (!over && isOld() && looking.compareAndSet(false, true)) {
      Thread.ofVirtual().name("presence").start(this::lookAside);
    }
    return !over;
  }

  /** Whether he may still be here, as far as it was known at most a second ago. Blocks. */
  public boolean stillHolds() {
    look();
    return !over;
  }

  private boolean isOld() {
    return clock.nanoTime() - lookedNanos >= LOOK_AGAIN.toNanos();
  }

  private void lookAside() {
    try {
      look();
    } finally {
      looking.set(false);
    }
  }

  private synchronized void look() {
    if (over || !isOld()) {
      return; // somebody else has just looked
    }
    try {
      over = !authentication.authenticate(shown, address).account().equals(caller.account());
    } catch (VmsException e) {
      over = e.kind() == ErrorKind.UNAUTHENTICATED;
    } finally {
      lookedNanos = clock.nanoTime();
    }
  }
}
