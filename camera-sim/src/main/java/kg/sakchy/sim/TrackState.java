package kg.sakchy.sim;

import java.nio.ByteBuffer;

/**
 * What one camera adds to the packets of a track: its own place in numbers and time, kept over a
 * change of feed, and counts for sender reports. Threads: confined to the loop.
 */
final class TrackState {
  private static final int SEQUENCE_OFFSET = 2;
  private static final int TIMESTAMP_OFFSET = 4;
  private static final int SSRC_OFFSET = 8;

  private final int ssrc;
  private int sequenceShift;
  private long tickShift;
  private boolean rewriting;
  private boolean following;
  private long followAtTicks;
  private int nextSequence;
  private long packets;
  private long octets;
  private long reportedNanos;
  private boolean reported;

  TrackState(int ssrc) {
    this.ssrc = ssrc;
  }

  int ssrc() {
    return ssrc;
  }

  boolean rewriting() {
    return rewriting;
  }

  /** From now on time stamps are this much later. */
  void shiftTicks(long ticks) {
    tickShift += ticks;
    rewriting = true;
  }

  /**
   * Packets come from another feed now; the viewer must see one source that goes on.
   *
   * @param viewerTicks the time of the next packet on the viewer's line
   */
  void follow(long viewerTicks) {
    following = true;
    followAtTicks = viewerTicks;
    rewriting = true;
  }

  /** A feed's time on the viewer's line. */
  long toViewer(long feedTicks) {
    return feedTicks + tickShift;
  }

  /** A feed's sequence number on the viewer's line. */
  int toViewer(int feedSequence) {
    return (feedSequence + sequenceShift) & 0xffff;
  }

  /** A copy of a feed's packet with the camera's own number, time and source. */
  ByteBuffer rewrite(ByteBuffer packet) {
    ByteBuffer copy = ByteBuffer.allocate(packet.remaining()).put(packet.duplicate()).flip();
    int sequence = copy.getShort(SEQUENCE_OFFSET);
    int ticks = copy.getInt(TIMESTAMP_OFFSET);
    if (following) {
      following = false;
      sequenceShift = nextSequence - sequence;
      tickShift = followAtTicks - ticks;
    }
    copy.putShort(SEQUENCE_OFFSET, (short) (sequence + sequenceShift));
    copy.putInt(TIMESTAMP_OFFSET, (int) (ticks + tickShift));
    copy.putInt(SSRC_OFFSET, ssrc);
    return copy;
  }

  /** A packet goes out. */
  void sent(ByteBuffer packet) {
    nextSequence = (packet.getShort(packet.position() + SEQUENCE_OFFSET) + 1) & 0xffff;
    packets++;
    octets += packet.remaining() - 12;
  }

  long packets() {
    return packets;
  }

  long octets() {
    return octets;
  }

  /** Whether a sender report is due; if so the next one is due an interval later. */
  boolean takeReportTurn(long nowNanos, long intervalNanos) {
    if (packets == 0 || (reported && nowNanos - reportedNanos < intervalNanos)) {
      return false;
    }
    reported = true;
    reportedNanos = nowNanos;
    return true;
  }
}
