package kg.sakchy.gateway.webrtc.srtp;

import java.util.Optional;

/** The protection profiles that are offered, best first (RFC 5764 §4.1.2, RFC 7714 §14.2). */
public enum SrtpProfile {
  /** Counter mode and HMAC-SHA1 of 80 bits; every browser has it, and it is the fastest here. */
  AES_CM_128_HMAC_SHA1_80(1, 14, 10),
  /** Galois counter mode. */
  AEAD_AES_128_GCM(7, 12, 16);

  /** Bytes of a master or session key of either profile. */
  static final int KEY_BYTES = 16;

  private final int number;
  private final int saltBytes;
  private final int tagBytes;

  SrtpProfile(int number, int saltBytes, int tagBytes) {
    this.number = number;
    this.saltBytes = saltBytes;
    this.tagBytes = tagBytes;
  }

  /** Its number in the {@code use_srtp} extension. */
  public int number() {
    return number;
  }

  int saltBytes() {
    return saltBytes;
  }

  /** By how many bytes an RTP packet grows. */
  public int tagBytes() {
    return tagBytes;
  }

  /** How much keying material DTLS must export (RFC 5764 §4.2). */
  public int materialBytes() {
    return 2 * (KEY_BYTES + saltBytes);
  }

  /** The best one among the numbers a peer offers. */
  public static Optional<SrtpProfile> best(int[] offered) {
    for (SrtpProfile profile : values()) {
      for (int number : offered) {
        if (number == profile.number) {
          return Optional.of(profile);
        }
      }
    }
    return Optional.empty();
  }
}
