package kg.sakchy.media.rtp;

import java.time.Instant;

/**
 * A moment in NTP format: seconds since 1900 in the upper 32 bits, fraction in 1/2^32 s below (RFC
 * 3550 §4). Seconds with the top bit clear belong to the era that begins in 2036 (RFC 4330 §3).
 *
 * @param bits the 64 bits as sent; 0 means that the sender knows no time
 */
public record NtpTime(long bits) {
  /** Seconds from 1900 to 1970. */
  private static final long UNIX_EPOCH = 2_208_988_800L;

  private static final long ERA = 1L << 32;
  private static final long NANOS = 1_000_000_000L;

  /** The moment in NTP format, rounded to the nearest 1/2^32 s. */
  public static NtpTime of(Instant instant) {
    long fraction = ((long) instant.getNano() * ERA + NANOS / 2) / NANOS;
    return new NtpTime(((instant.getEpochSecond() + UNIX_EPOCH) << 32) + fraction);
  }

  /** Whether the sender filled it in. */
  public boolean known() {
    return bits != 0;
  }

  /** UTC, rounded to the nearest nanosecond. */
  public Instant toInstant() {
    long seconds = bits >>> 32;
    long fraction = bits & 0xffff_ffffL;
    long era = (seconds & 0x8000_0000L) != 0 ? 0 : ERA;
    return Instant.ofEpochSecond(seconds + era - UNIX_EPOCH, (fraction * NANOS + ERA / 2) >>> 32);
  }

  /** The middle 32 bits, as report blocks quote them. */
  public long middle() {
    return (bits >>> 16) & 0xffff_ffffL;
  }
}
