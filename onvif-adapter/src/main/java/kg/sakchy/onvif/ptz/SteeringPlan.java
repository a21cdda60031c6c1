package kg.sakchy.onvif.ptz;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.ptz.PtzCommand;
import kg.sakchy.core.ptz.PtzControl;
import org.jspecify.annotations.Nullable;

/**
 * Decides what one dome is told next.
 *
 * <ul>
 *   <li>Of velocities that follow each other only the latest is sent.
 *   <li>Other commands are sent in their order.
 *   <li>A stop overtakes everything, takes back the movements before it, and is repeated until the
 *       camera has taken it.
 *   <li>A velocity is sent again while the operator holds it, since the camera ends it after {@link
 *       DomeMoves#MOVE_TIMEOUT}; an operator who is silent for {@link PtzControl#DEAD_MAN} has let
 *       go.
 * </ul>
 *
 * <p>Time is monotonic nanoseconds, given by the caller. Threads: confined; the caller locks.
 */
final class SteeringPlan {
  /** More commands than anybody means. */
  static final int MAX_WAITING = 32;

  /** How often a held velocity is sent again. */
  static final Duration REPEAT = Duration.ofMillis(800);

  /** The wait before a stop is tried again. */
  static final Duration STOP_AGAIN = Duration.ofMillis(250);

  private static final int STOP_TRIES = 4;

  private final Deque<SteeringOrder> waiting = new ArrayDeque<>();
  private @Nullable SteeringOrder held;
  private long heardAt;
  private long sentAt;
  private @Nullable SteeringOrder failedStop;
  private int stopTries;
  private long stopAt;

  /** Takes a command. */
  void add(SteeringOrder order, long now) {
    switch (order.command()) {
      case PtzCommand.Velocity velocity when isStill(velocity) ->
          stop(new SteeringOrder(new PtzCommand.Stop(), order.operator(), order.done()));
      case PtzCommand.Velocity velocity -> velocity(order, now);
      case PtzCommand.Stop stop -> stop(order);
      default -> append(order);
    }
  }

  private static boolean isStill(PtzCommand.Velocity velocity) {
    return velocity.pan() == 0 && velocity.tilt() == 0 && velocity.zoom() == 0;
  }

  private void velocity(SteeringOrder order, long now) {
    heardAt = now;
    SteeringOrder last = waiting.peekLast();
    if (last != null && last.command() instanceof PtzCommand.Velocity) {
      waiting.removeLast();
      last.done().complete(null);
    } else if (last == null && held != null && held.command().equals(order.command())) {
      order.done().complete(null); // still held
      return;
    }
    append(order);
  }

  private void stop(SteeringOrder order) {
    for (Iterator<SteeringOrder> all = waiting.iterator(); all.hasNext(); ) {
      SteeringOrder each = all.next();
      if (each.isMovement()) {
        all.remove();
        each.takenBack();
      }
    }
    SteeringOrder first = waiting.peekFirst();
    if (first != null && first.command() instanceof PtzCommand.Stop) {
      first.alsoFor(order);
    } else {
      waiting.addFirst(order);
    }
    held = null;
    failedStop = null;
    stopTries = 0;
  }

  private void append(SteeringOrder order) {
    if (waiting.size() >= MAX_WAITING) {
      order
          .done()
          .completeExceptionally(
              new VmsException(
                  ErrorKind.RESOURCE_EXHAUSTED, "the camera has too many commands waiting"));
      return;
    }
    waiting.addLast(order);
  }

  /** What is to be sent now, if anything. */
  Optional<SteeringOrder> next(long now) {
    if (held != null && now - heardAt >= PtzControl.DEAD_MAN.toNanos()) {
      stop(SteeringOrder.of(new PtzCommand.Stop(), held.operator()));
    }
    SteeringOrder order = waiting.pollFirst();
    if (order == null && failedStop != null && now - stopAt >= 0) {
      order = failedStop;
      failedStop = null;
    }
    if (order == null && held != null && now - sentAt >= REPEAT.toNanos()) {
      order = SteeringOrder.of(held.command(), held.operator());
    }
    if (order == null) {
      return Optional.empty();
    }
    if (order.command() instanceof PtzCommand.Velocity) {
      held = order;
      sentAt = now;
      failedStop = null;
    } else if (order.isMovement()) {
      held = null;
      failedStop = null;
    }
    return Optional.of(order);
  }

  /** A command could not be carried out. */
  void failed(SteeringOrder order, VmsException why, long now) {
    boolean hopeless = why.kind() == ErrorKind.UNSUPPORTED;
    switch (order.command()) {
      case PtzCommand.Stop stop when !hopeless -> {
        stopTries++;
        failedStop = stopTries < STOP_TRIES ? SteeringOrder.of(stop, order.operator()) : null;
        stopAt = now + STOP_AGAIN.toNanos();
      }
      case PtzCommand.Velocity velocity when hopeless -> held = null;
      default -> {}
    }
  }

  /**
   * When to ask {@link #next} again after it had nothing, if nobody adds anything; empty when there
   * is no reason.
   */
  OptionalLong wakeAt() {
    if (failedStop != null) {
      return OptionalLong.of(stopAt);
    }
    return held == null
        ? OptionalLong.empty()
        : OptionalLong.of(
            Math.min(heardAt + PtzControl.DEAD_MAN.toNanos(), sentAt + REPEAT.toNanos()));
  }

  /** Whether the dome moves at an operator's speed. */
  boolean isHeld() {
    return held != null;
  }
}
