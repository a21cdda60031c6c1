package kg.sakchy.web.ptz;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import kg.sakchy.core.access.Caller;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.web.access.Permissions;
import kg.sakchy.web.http.Rfc3339;

/**
 * Who has which dome. Who steers has it from then on for a while, and keeps it while he steers; who
 * steers with more weight takes it over, nobody else does.
 *
 * <p>Threads: safe for use by many threads; answers from memory, does not block. Listeners are
 * called on the thread that steers.
 */
public final class PtzHolds {
  /** How long a dome is its operator's after his last command. */
  static final Duration LENGTH = Duration.ofSeconds(10);

  /** That it was kept is told when the end told last moves by this much. */
  private static final Duration TELL = Duration.ofSeconds(2);

  private final Permissions permissions;
  private final VmsClock clock;
  private final Map<CameraId, Hold> holds = new ConcurrentHashMap<>();
  private final Map<CameraId, Set<Consumer<Hold>>> listeners = new ConcurrentHashMap<>();

  public PtzHolds(Permissions permissions, VmsClock clock) {
    this.permissions = permissions;
    this.clock = clock;
  }

  /**
   * Somebody has a dome.
   *
   * @param account who
   * @param operator what other people are shown
   * @param priority with how much weight
   * @param until when it ends if he does not steer any more
   * @param endNanos the same by the monotonic clock
   * @param told the end that was told last
   */
  record Hold(
      AccountId account,
      String operator,
      int priority,
      Instant until,
      long endNanos,
      Instant told) {
    private boolean isOver(long nowNanos) {
      return nowNanos - endNanos >= 0;
    }
  }

  /**
   * Takes a dome, or keeps it.
   *
   * @throws VmsException CONFLICT when somebody has it whose weight is not less
   */
  void take(CameraId camera, Caller caller) {
    int priority = permissions.steerPriority(caller, camera);
    boolean[] news = new boolean[1];
    Hold taken =
        holds.compute(
            camera,
            (id, held) -> {
              Hold before = held == null || held.isOver(clock.nanoTime()) ? null : held;
              boolean own = before != null && before.account().equals(caller.account());
              if (before != null && !own && priority <= before.priority()) {
                throw heldBy(before);
              }
              Instant until = clock.now().plus(LENGTH);
              news[0] = before == null || !own || !until.isBefore(before.told().plus(TELL));
              return new Hold(
                  caller.account(),
                  caller.displayName(),
                  priority,
                  until,
                  clock.nanoTime() + LENGTH.toNanos(),
                  news[0] || before == null ? until : before.told());
            });
    if (news[0]) {
      tell(camera, taken);
    }
  }

  private static VmsException heldBy(Hold hold) {
    return new VmsException(
        ErrorKind.CONFLICT,
        "%s has the camera until %s".formatted(hold.operator(), Rfc3339.format(hold.until())));
  }

  /** Who has a dome now. */
  Optional<Hold> of(CameraId camera) {
    return Optional.ofNullable(holds.get(camera)).filter(hold -> !hold.isOver(clock.nanoTime()));
  }

  /** Whether nobody else has a dome. */
  boolean isFreeFor(CameraId camera, Caller caller) {
    return of(camera).map(hold -> hold.account().equals(caller.account())).orElse(true);
  }

  /** Calls {@code listener} when somebody takes or keeps a dome; what is returned ends that. */
  Runnable watch(CameraId camera, Consumer<Hold> listener) {
    listeners.computeIfAbsent(camera, id -> ConcurrentHashMap.newKeySet()).add(listener);
    return () ->
        listeners.computeIfPresent(
            camera,
            (id, left) -> {
              left.remove(listener);
              return left.isEmpty() ? null : left;
            });
  }

  private void tell(CameraId camera, Hold hold) {
    listeners.getOrDefault(camera, Set.of()).forEach(listener -> listener.accept(hold));
  }
}
