package kg.sakchy.media.rtp;

/**
 * Follows the sequence numbers of one RTP source: counts what is lost and what comes twice, unwraps
 * 16 bits to 64, and notices a source that began anew (RFC 3550 §A.1, §A.3).
 *
 * <p>Threads: confined to one.
 */
public final class SequenceTracker {
  /** A step forward of this many numbers or more is a restart, not a loss (RFC 3550 §A.1). */
  static final int MAX_DROPOUT = 3000;

  /** A step back of this many numbers or more is a restart, not a late packet. */
  static final int MAX_MISORDER = 100;

  private boolean started;
  private int ssrc;
  private long highest;
  private int lostBefore;
  private long received;
  private long lost;
  private long duplicates;
  private long restarts;

  /** What a packet is to those before it. */
  public enum Verdict {
    /** The next in order, after {@link #lostBefore()} missing ones. */
    NEXT,
    /** Seen already, or so late that its place was counted as lost: throw it away. */
    OLD,
    /** First of a source that began anew: forget all state that depends on earlier packets. */
    RESTART
  }

  /** Judges the packet just parsed; the very first one is {@link Verdict#NEXT}. */
  public Verdict accept(RtpPacket packet) {
    return accept(packet.ssrc(), packet.sequence());
  }

  /**
   * Judges a packet.
   *
   * @param packetSsrc a change of it is a restart
   * @param sequence 0 to 65535
   */
  public Verdict accept(int packetSsrc, int sequence) {
    lostBefore = 0;
    if (!started) {
      begin(packetSsrc, sequence);
      return Verdict.NEXT;
    }
    int step = (short) (sequence - (int) highest);
    if (packetSsrc != ssrc || step >= MAX_DROPOUT || step <= -MAX_MISORDER) {
      restarts++;
      begin(packetSsrc, sequence);
      return Verdict.RESTART;
    }
    if (step <= 0) {
      duplicates++;
      return Verdict.OLD;
    }
    received++;
    highest += step;
    lostBefore = step - 1;
    lost += lostBefore;
    return Verdict.NEXT;
  }

  private void begin(int packetSsrc, int sequence) {
    started = true;
    ssrc = packetSsrc;
    received++;
    highest = (((highest >> 16) + (restarts == 0 ? 0 : 1)) << 16) + sequence;
  }

  /** Packets missing directly before the one last accepted. */
  public int lostBefore() {
    return lostBefore;
  }

  /**
   * Sequence number of the newest packet, unwrapped: the number of wraps, and of restarts, stands
   * above the lower 16 bits.
   */
  public long highest() {
    return highest;
  }

  /** Packets accepted as {@link Verdict#NEXT} or {@link Verdict#RESTART}. */
  public long received() {
    return received;
  }

  /** Packets missing in all. */
  public long lost() {
    return lost;
  }

  /** Packets judged {@link Verdict#OLD}. */
  public long duplicates() {
    return duplicates;
  }

  public long restarts() {
    return restarts;
  }

  /** Source of the newest packet. */
  public int ssrc() {
    return ssrc;
  }
}
