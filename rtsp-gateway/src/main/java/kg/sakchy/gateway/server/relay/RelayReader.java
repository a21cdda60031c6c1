package kg.sakchy.gateway.server.relay;

import java.nio.ByteBuffer;
import java.util.List;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.gateway.server.delivery.Outlet;
import kg.sakchy.gateway.server.delivery.PacketBatch;
import kg.sakchy.gateway.server.delivery.ServerMetrics;

/**
 * One session that is sent a stream. What it does not take in time it loses, up to the next key
 * frame; nobody waits for it.
 *
 * <p>Threads: confined to its outlet's loop.
 */
public final class RelayReader {
  private final Outlet outlet;
  private final Events events;
  private final ServerMetrics metrics;
  private volatile State state = State.WAITING; // read by the stream's loop
  private boolean announced;
  private boolean left;

  private enum State {
    /** For a key frame. */
    WAITING,
    /** Takes what is relayed. */
    LIVE,
    /** Takes nothing more. */
    ENDED
  }

  /** What the session is told, on the outlet's loop. */
  public interface Events {
    /**
     * Packets follow; called once, before the first.
     *
     * @param starts where tracks begin, as far as that is known
     */
    void begins(List<Start> starts);

    /** The stream cannot go on as it was described; the last call. */
    void ended(String reason);
  }

  /**
   * The first packet of a track.
   *
   * @param track its index in the offer
   * @param sequence number of its first packet
   * @param rtpTime of that packet, 0 to 2^32 - 1
   */
  public record Start(int track, int sequence, long rtpTime) {}

  public RelayReader(Outlet outlet, Events events, ServerMetrics metrics) {
    this.outlet = outlet;
    this.events = events;
    this.metrics = metrics;
  }

  Outlet outlet() {
    return outlet;
  }

  /** Takes nothing more; false if it was told before. */
  boolean leave() {
    boolean first = !left;
    left = true;
    state = State.ENDED;
    return first;
  }

  boolean isEnded() {
    return state == State.ENDED;
  }

  /** Whether it is sent what is relayed; any thread. */
  public boolean isLive() {
    return state == State.LIVE;
  }

  boolean isWaiting() {
    return state == State.WAITING;
  }

  /** It joined; begins if the burst brings a key frame. */
  void joined(Burst burst) {
    if (burst.begins()) {
      begin(burst);
    } else {
      announce(List.of());
    }
  }

  /** A key frame, for who waits and can take it. */
  void keyFrame(Burst burst) {
    if (state == State.WAITING && outlet.isWritable()) {
      begin(burst);
    }
  }

  private void begin(Burst burst) {
    Burst.Made made;
    try {
      made = burst.make(outlet);
    } catch (VmsException e) { // a unit that cannot be sent; the next key frame may be better
      announce(List.of());
      return;
    }
    announce(made.starts());
    if (state == State.WAITING) {
      state = State.LIVE;
      burst.send(made, outlet);
    }
  }

  private void announce(List<Start> starts) {
    if (!announced && state != State.ENDED) {
      announced = true;
      events.begins(starts);
    }
  }

  /** Takes what was relayed, if it keeps up. */
  void take(List<PacketBatch> batches) {
    if (state != State.LIVE) {
      return;
    }
    if (!outlet.isWritable()) {
      state = State.WAITING;
      metrics.cut();
      return;
    }
    for (PacketBatch batch : batches) {
      outlet.batch(batch);
    }
    outlet.flush();
  }

  void control(int track, ByteBuffer compound) {
    if (state == State.LIVE && outlet.isWritable()) {
      outlet.control(track, compound);
      outlet.flush();
    }
  }

  /** The run is over; the next key frame begins another. */
  void hold() {
    if (state == State.LIVE) {
      state = State.WAITING;
    }
  }

  /** The stream is no longer what was described. */
  void giveUp(String reason) {
    if (state != State.ENDED) {
      state = State.ENDED;
      events.ended(reason);
    }
  }
}
