package kg.sakchy.media.rtp;

/**
 * Makes one 64-bit line of the 32-bit RTP time stamps of a source (RFC 3550 §5.1). The line begins
 * with the first stamp's own value, so that its lower 32 bits always equal the stamp's.
 *
 * <p>Stamps may go back a little (B-frames are sent in decoding order). A step of more than the
 * jump limit either way is reported by {@link #jumped()}; the line follows it all the same, by the
 * shorter way round.
 *
 * <p>Threads: confined to one.
 */
public final class TimestampUnwrapper {
  private final long jumpLimitTicks;
  private boolean started;
  private long last;
  private boolean jumped;

  /**
   * @param jumpLimitTicks longest step between neighbouring packets that counts as ordinary
   */
  public TimestampUnwrapper(long jumpLimitTicks) {
    this.jumpLimitTicks = jumpLimitTicks;
  }

  /**
   * The stamp on the 64-bit line.
   *
   * @param timestamp 0 to 2^32 - 1, of the next packet in order of arrival
   */
  public long unwrap(long timestamp) {
    if (!started) {
      started = true;
      last = timestamp;
      return last;
    }
    int step = (int) (timestamp - last);
    jumped = Math.abs((long) step) > jumpLimitTicks;
    last += step;
    return last;
  }

  /**
   * Where a stamp lies on the line, without moving along it; for sender reports, whose stamps are
   * near those of the packets.
   */
  public long peek(long timestamp) {
    return started ? last + (int) (timestamp - last) : timestamp;
  }

  /** Whether the last step was longer than the limit. */
  public boolean jumped() {
    return jumped;
  }

  /** Forgets the line; the next stamp begins a new one. */
  public void reset() {
    started = false;
    jumped = false;
  }
}
