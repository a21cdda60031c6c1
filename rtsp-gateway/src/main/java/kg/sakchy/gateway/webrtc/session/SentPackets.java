package kg.sakchy.gateway.webrtc.session;

import org.jspecify.annotations.Nullable;

/**
 * The last packets of a track as they left, to send those again that a player misses (RFC 4585
 * §6.2.1). They go out byte for byte: encrypting a packet twice under one index is forbidden.
 *
 * <p>A packet is repeated at most {@value #MOST_REPEATS} times, and not again before the last
 * repeat can have arrived. Threads: confined to one.
 */
final class SentPackets {
  /** A power of two; over a second of 4 Mbit/s. */
  static final int CAPACITY = 512;

  static final int MOST_REPEATS = 4;

  /** Shorter than any player asks again. */
  private static final long REPEAT_NANOS = 20_000_000L;

  private final byte[][] packets = new byte[CAPACITY][];
  private final int[] sequences = new int[CAPACITY];
  private final int[] repeats = new int[CAPACITY];
  private final long[] repeatedAt = new long[CAPACITY];

  /** Remembers a packet, which must not change. */
  void add(int sequence, byte[] packet) {
    int slot = sequence & (CAPACITY - 1);
    packets[slot] = packet;
    sequences[slot] = sequence;
    repeats[slot] = 0;
  }

  /** The packet to send again, or null when it is gone or was repeated enough. */
  byte @Nullable [] repeat(int sequence, long nowNanos) {
    int slot = sequence & (CAPACITY - 1);
    boolean tooSoon = repeats[slot] > 0 && nowNanos - repeatedAt[slot] < REPEAT_NANOS;
    if (packets[slot] == null
        || sequences[slot] != sequence
        || repeats[slot] == MOST_REPEATS
        || tooSoon) {
      return null;
    }
    repeats[slot]++;
    repeatedAt[slot] = nowNanos;
    return packets[slot];
  }
}
