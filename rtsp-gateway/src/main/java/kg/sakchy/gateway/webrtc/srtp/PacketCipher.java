package kg.sakchy.gateway.webrtc.srtp;

import java.security.GeneralSecurityException;

/**
 * Encrypts and seals one direction's packets of one kind, RTP or RTCP.
 *
 * <p>Layout for both profiles: {@code size} bytes stand in {@code packet}, of which the first
 * {@code clear} stay readable; the tag follows the payload. What is sealed beyond that (the
 * rollover counter, or the index of SRTCP) comes as {@code trailer}.
 *
 * <p>Threads: confined to one.
 */
interface PacketCipher {
  /**
   * Encrypts in place and writes the tag behind the payload; there must be room.
   *
   * @param size bytes without the tag
   * @param index of the packet, 48 bits; never the same twice for a source
   * @param trailer 4 bytes that the tag covers
   */
  void protect(byte[] packet, int clear, int size, int ssrc, long index, int trailer)
      throws GeneralSecurityException;

  /**
   * Checks the tag and decrypts in place.
   *
   * @param size bytes without the tag, which follows
   * @return false if the tag is wrong; the bytes are then not to be used
   */
  boolean unprotect(byte[] packet, int clear, int size, int ssrc, long index, int trailer)
      throws GeneralSecurityException;

  /** The cipher of a profile for RTP. */
  static PacketCipher forRtp(SrtpProfile profile, SrtpMaster master)
      throws GeneralSecurityException {
    return create(
        profile,
        KeyDerivation.derive(master, KeyDerivation.RTP_CIPHER, SrtpProfile.KEY_BYTES),
        KeyDerivation.derive(
            master, KeyDerivation.RTP_AUTHENTICATION, CounterModeCipher.AUTH_KEY_BYTES),
        KeyDerivation.derive(master, KeyDerivation.RTP_SALT, profile.saltBytes()),
        false);
  }

  /** The cipher of a profile for RTCP. */
  static PacketCipher forRtcp(SrtpProfile profile, SrtpMaster master)
      throws GeneralSecurityException {
    return create(
        profile,
        KeyDerivation.derive(master, KeyDerivation.RTCP_CIPHER, SrtpProfile.KEY_BYTES),
        KeyDerivation.derive(
            master, KeyDerivation.RTCP_AUTHENTICATION, CounterModeCipher.AUTH_KEY_BYTES),
        KeyDerivation.derive(master, KeyDerivation.RTCP_SALT, profile.saltBytes()),
        true);
  }

  private static PacketCipher create(
      SrtpProfile profile, byte[] key, byte[] authentication, byte[] salt, boolean rtcp)
      throws GeneralSecurityException {
    return switch (profile) {
      case AES_CM_128_HMAC_SHA1_80 -> new CounterModeCipher(key, authentication, salt);
      case AEAD_AES_128_GCM -> new GaloisCipher(key, salt, rtcp);
    };
  }
}
