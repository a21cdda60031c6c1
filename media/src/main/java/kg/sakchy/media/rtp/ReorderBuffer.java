package kg.sakchy.media.rtp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Puts the datagrams of one RTP source back into sequence order (for UDP; TCP keeps the order by
 * itself).
 *
 * <p>A packet that is next in order passes through at once without a copy. One that comes too early
 * is copied and waits until the missing ones arrive, until {@code capacity} packets wait, or until
 * it has waited {@code maxWaitNanos}; then the missing ones are given up, and those that wait go
 * on. Packets that come twice or too late are dropped here and counted. A packet far from the
 * expected number empties the buffer and passes through, and the {@link SequenceTracker} behind it
 * says that the source restarted.
 *
 * <p>Memory: at most {@code capacity} packets of at most 65,507 bytes; slots grow to what they
 * needed and are used again. Threads: confined to one.
 */
public final class ReorderBuffer {
  /** Receives packets in order; the buffer is valid only during the call. */
  @FunctionalInterface
  public interface Output {
    void packet(ByteBuffer packet);
  }

  private final int capacity;
  private final long maxWaitNanos;
  private final Slot[] slots;
  private boolean started;
  private int ssrc;
  private int expected;
  private int waiting;
  private long dropped;

  /** A place for one packet that waits. */
  private static final class Slot {
    private byte[] bytes = {};
    private @Nullable ByteBuffer packet;
    private long since;
  }

  /**
   * @param capacity most packets that wait, 1 to 1024
   * @param maxWaitNanos longest time one waits, checked when packets arrive and by {@link #expire}
   */
  public ReorderBuffer(int capacity, long maxWaitNanos) {
    if (capacity < 1 || capacity > 1024) {
      throw new IllegalArgumentException("capacity " + capacity);
    }
    this.capacity = capacity;
    this.maxWaitNanos = maxWaitNanos;
    slots =
        new Slot
            [Integer.highestOneBit(capacity) << 1]; // a power of two, so that numbers wrap evenly
    for (int i = 0; i < slots.length; i++) {
      slots[i] = new Slot();
    }
  }

  /**
   * Takes a datagram, and hands on what is in order now.
   *
   * @param packet an RTP packet from position to limit; one shorter than the fixed header is
   *     dropped
   * @param now monotonic nanoseconds
   */
  public void push(ByteBuffer packet, long now, Output out) {
    if (packet.remaining() < RtpPacket.HEADER_BYTES) {
      dropped++;
      return;
    }
    int sequence = packet.getShort(packet.position() + 2) & 0xffff;
    int packetSsrc = packet.getInt(packet.position() + 8);
    int ahead = (short) (sequence - expected);
    if (!started
        || packetSsrc != ssrc
        || ahead >= SequenceTracker.MAX_DROPOUT
        || ahead <= -SequenceTracker.MAX_MISORDER) {
      flush(out);
      started = true;
      ssrc = packetSsrc;
      pass(packet, sequence, out);
    } else if (ahead < 0) {
      dropped++;
    } else if (ahead == 0) {
      pass(packet, sequence, out);
      drain(out);
    } else {
      keep(packet, sequence, now, out);
    }
    expire(now, out);
  }

  private void pass(ByteBuffer packet, int sequence, Output out) {
    expected = (sequence + 1) & 0xffff;
    out.packet(packet);
  }

  private void keep(ByteBuffer packet, int sequence, long now, Output out) {
    while (((sequence - expected) & 0xffff) > capacity) {
      if (waiting == 0) {
        pass(packet, sequence, out);
        return;
      }
      skipToFirstWaiting(out);
    }
    if (sequence == expected) {
      pass(packet, sequence, out);
      drain(out);
      return;
    }
    Slot slot = slots[sequence % slots.length];
    if (slot.packet != null) {
      dropped++;
      return;
    }
    int size = packet.remaining();
    if (slot.bytes.length < size) {
      slot.bytes = new byte[Math.max(size, 1536)];
    }
    packet.get(packet.position(), slot.bytes, 0, size);
    slot.packet = ByteBuffer.wrap(slot.bytes, 0, size);
    slot.since = now;
    waiting++;
    if (waiting == capacity) {
      skipToFirstWaiting(out);
    }
  }

  /** Hands on the packets that follow the last one handed on. */
  private void drain(Output out) {
    while (waiting > 0) {
      Slot slot = slots[expected % slots.length];
      ByteBuffer packet = slot.packet;
      if (packet == null) {
        return;
      }
      slot.packet = null;
      waiting--;
      pass(packet, expected, out);
    }
  }

  /** Gives up the packets before the first one that waits. */
  private void skipToFirstWaiting(Output out) {
    while (slots[expected % slots.length].packet == null) {
      expected = (expected + 1) & 0xffff;
    }
    drain(out);
  }

  /** Gives up on packets that others have waited for too long; call it from a timer too. */
  public void expire(long now, Output out) {
    while (waiting > 0 && now - oldest() >= maxWaitNanos) {
      skipToFirstWaiting(out);
    }
  }

  private long oldest() {
    long oldest = Long.MAX_VALUE;
    boolean any = false;
    for (Slot slot : slots) {
      if (slot.packet != null && (!any || slot.since - oldest < 0)) {
        oldest = slot.since;
        any = true;
      }
    }
    return oldest;
  }

  /** Hands on all that waits, missing packets or not. */
  public void flush(Output out) {
    while (waiting > 0) {
      skipToFirstWaiting(out);
    }
  }

  /** Packets that wait now. */
  public int waiting() {
    return waiting;
  }

  /** Packets dropped because they came twice, too late or too short. */
  public long dropped() {
    return dropped;
  }
}
