package kg.sakchy.web.ptz;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import kg.sakchy.core.audit.LastingAct;
import kg.sakchy.core.audit.LastingActs;
import kg.sakchy.web.http.SocketOperation.Peer;
import org.jspecify.annotations.Nullable;

/**
 * Holds commands back, in their order, until it is recorded that somebody steers; what cannot be
 * recorded is refused, and the next command tries again. From the first command to the end it is
 * one act.
 *
 * <p>Threads: on the event loop of the socket.
 */
final class RecordedSteering implements AutoCloseable {
  private final LastingActs acts;
  private final LastingAct act;
  private final Peer peer;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private LastingActs.@Nullable Hold hold;
  private boolean recording;
  private boolean over;

  /** A command, and what becomes of it when it must not be sent. */
  private record Waiting(Runnable command, Consumer<Throwable> refusal) {}

  RecordedSteering(LastingActs acts, LastingAct act, Peer peer) {
    this.acts = acts;
    this.act = act;
    this.peer = peer;
  }

  /** Sends a command on, now or when it may be; how many may wait is the caller's to bound. */
  void send(Runnable command, Consumer<Throwable> refusal) {
    if (hold != null) {
      command.run();
      return;
    }
    waiting.add(new Waiting(command, refusal));
    if (!recording) {
      recording = true;
      Thread.ofVirtual().name("steering-" + act.camera()).start(this::begin);
    }
  }

  private void begin() {
    try {
      LastingActs.Hold begun = acts.begin(act);
      peer.onLoop(() -> begun(begun));
    } catch (RuntimeException e) { // whatever it is, who waits must know
      peer.onLoop(() -> refuse(e));
    }
  }

  private void begun(LastingActs.Hold begun) {
    recording = false;
    hold = begun;
    while (!waiting.isEmpty()) {
      waiting.remove().command().run();
    }
    if (over) {
      begun.close();
    }
  }

  private void refuse(Throwable why) {
    recording = false;
    while (!waiting.isEmpty()) {
      waiting.remove().refusal().accept(why);
    }
  }

  /** Nothing more comes; what waits is still sent. */
  @Override
  public void close() {
    over = true;
    if (hold != null) {
      hold.close();
    }
  }
}
