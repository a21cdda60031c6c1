package kg.sakchy.web.ptz;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.access.Actor;
import kg.sakchy.core.access.Caller;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.LastingAct;
import kg.sakchy.core.audit.LastingActs;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.ptz.PtzCommand;
import kg.sakchy.core.ptz.PtzControl;
import kg.sakchy.core.ptz.PtzPosition;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Problem;
import kg.sakchy.web.http.SocketOperation;
import kg.sakchy.web.http.SocketOperation.Peer;
import kg.sakchy.web.http.Words;
import org.jspecify.annotations.Nullable;

/**
 * An operator with a joystick: commands come, acknowledgements, positions and who has the dome go.
 *
 * <p>The dome is stopped when the socket closes while it moves, and when no velocity comes for
 * {@link PtzControl#DEAD_MAN} (a client that is lost without a word). The port keeps the same
 * watch; this one does not rely on it.
 *
 * <p>From the first command to the end of the socket it is one act of the audit. Commands wait, in
 * their order, until that is recorded, and are refused when it cannot be.
 *
 * <p>Threads: on the event loop of the socket, but for what the port completes and watches.
 */
public final class PtzSocket implements SocketOperation.Session {
  private static final int MOST_UNDER_WAY = 64;
  private static final int POLICY_VIOLATION = 1008;
  private static final long MOST_SEQUENCE = 1L << 53;

  private final PtzControl ptz;
  private final PtzHolds holds;
  private final CameraId camera;
  private final Caller caller;
  private final Words words;
  private final Peer peer;
  private final RecordedSteering steering;
  private final PtzMotion motion = new PtzMotion();
  private final AtomicInteger underWay = new AtomicInteger();
  private SocketOperation.@Nullable Timer deadMan;
  private PtzControl.@Nullable Watch watch;
  private @Nullable Runnable unwatch;

  private PtzSocket(PtzControl ptz, PtzHolds holds, LastingActs acts, Call call, Peer peer) {
    this.ptz = ptz;
    this.holds = holds;
    this.peer = peer;
    camera = call.camera();
    caller = call.caller();
    words = call.words();
    steering =
        new RecordedSteering(
            acts, new LastingAct(Actor.of(caller), AuditAction.STEER, camera, "websocket"), peer);
  }

  /** The operation of the contract. */
  public static SocketOperation over(PtzControl ptz, PtzHolds holds, LastingActs acts) {
    return (call, peer) -> {
      PtzSocket socket = new PtzSocket(ptz, holds, acts, call, peer);
      socket.begin();
      return socket;
    };
  }

  private void begin() {
    try {
      watch = ptz.watch(camera, this::moved);
      unwatch = holds.watch(camera, this::held);
      holds.of(camera).ifPresent(this::held);
    } catch (VmsException e) {
      problem(null, e);
      peer.close(POLICY_VIOLATION, "this camera cannot be steered");
    }
  }

  private void moved(PtzPosition position, @Nullable String who) {
    peer.sendIfQuick(PtzJson.of(position).put("type", "position").put("operator", who));
  }

  private void held(PtzHolds.Hold hold) {
    peer.send(
        PtzJson.of(hold).put("type", "hold").put("own", hold.account().equals(caller.account())));
  }

  @Override
  public void received(JsonObject message) {
    @Nullable Long sequence = null;
    try {
      sequence = sequence(message.remove("sequence"));
      PtzCommand command = PtzCommandReader.read(message);
      requireRoom(command);
      holds.take(camera, caller);
      motion.sent(command);
      watchOver(command);
      send(command, sequence);
    } catch (VmsException e) {
      problem(sequence, e);
    }
  }

  private static @Nullable Long sequence(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    if ((value instanceof Integer || value instanceof Long)
        && ((Number) value).longValue() >= 0
        && ((Number) value).longValue() <= MOST_SEQUENCE) {
      return ((Number) value).longValue();
    }
    throw new VmsException(ErrorKind.INVALID_ARGUMENT, "sequence: is a whole number from 0 on")
        .with(Problem.FIELD, "/sequence");
  }

  /** A stop always has room. */
  private void requireRoom(PtzCommand command) {
    if (underWay.get() >= MOST_UNDER_WAY && !(command instanceof PtzCommand.Stop)) {
      throw new VmsException(
          ErrorKind.RESOURCE_EXHAUSTED, "the camera has not taken what was sent before");
    }
  }

  /** Only what moves keeps the dome moving: other commands do not put the stop off. */
  private void watchOver(PtzCommand command) {
    boolean moves = command instanceof PtzCommand.Velocity || command instanceof PtzCommand.Focus;
    if (moves || !motion.isUnderWay()) {
      rest();
    }
    if (moves && motion.isUnderWay()) {
      deadMan = peer.after(PtzControl.DEAD_MAN, this::stopSilent);
    }
  }

  private void stopSilent() {
    stop();
    peer.send(new JsonObject().put("type", "stopped").put("reason", "silence"));
  }

  private void stop() {
    List<PtzCommand> commands = motion.end();
    if (holds.isFreeFor(camera, caller)) { // else it moves for who has taken it over
      commands.forEach(command -> send(command, null));
    }
  }

  private void send(PtzCommand command, @Nullable Long sequence) {
    underWay.incrementAndGet();
    steering.send(
        () ->
            ptz.send(camera, caller.displayName(), command)
                .whenComplete((taken, failure) -> ended(sequence, failure)),
        why -> ended(sequence, why));
  }

  private void ended(@Nullable Long sequence, @Nullable Throwable failure) {
    underWay.decrementAndGet();
    if (failure != null) {
      problem(sequence, failure);
    } else if (sequence != null) {
      peer.send(new JsonObject().put("type", "ack").put("sequence", sequence));
    }
  }

  private void problem(@Nullable Long sequence, Throwable failure) {
    Throwable reason =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    peer.send(
        new JsonObject()
            .put("type", "problem")
            .put("sequence", sequence)
            .put("problem", Problem.of(reason).json(words)));
  }

  private void rest() {
    if (deadMan != null) {
      deadMan.close();
    }
  }

  @Override
  public void closed() {
    rest();
    stop();
    steering.close();
    if (watch != null) {
      watch.close();
    }
    if (unwatch != null) {
      unwatch.run();
    }
  }
}
