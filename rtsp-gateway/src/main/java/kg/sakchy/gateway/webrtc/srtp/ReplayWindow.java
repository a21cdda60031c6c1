package kg.sakchy.gateway.webrtc.srtp;

/**
 * Which of the last {@value #SIZE} packets were seen (RFC 3711 §3.3.2). Threads: confined to one.
 */
final class ReplayWindow {
  static final int SIZE = 64;

  private long highest = -1;
  private long seen;

  /** Whether a packet was not seen and is not too old to tell. */
  boolean isNew(long index) {
    long behind = highest - index;
    return behind < 0 || (behind < SIZE && (seen >>> behind & 1) == 0);
  }

  /** Notes a packet that is new and authentic. */
  void seen(long index) {
    long ahead = index - highest;
    if (ahead > 0) {
      seen = ahead >= SIZE ? 0 : seen << ahead;
      seen |= 1;
      highest = index;
    } else {
      seen |= 1L << -ahead;
    }
  }
}
