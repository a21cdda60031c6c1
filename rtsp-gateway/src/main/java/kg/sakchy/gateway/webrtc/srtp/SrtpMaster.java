package kg.sakchy.gateway.webrtc.srtp;

import java.util.Arrays;

/**
 * A master key with its salt, for one direction. Secret.
 *
 * @param key 16 bytes
 * @param salt as many bytes as the profile has
 */
@SuppressWarnings("ArrayRecordComponent") // key material is used, never compared
public record SrtpMaster(byte[] key, byte[] salt) {
  /**
   * The server's key out of what DTLS exported: client key, server key, client salt, server salt
   * (RFC 5764 §4.2).
   */
  public static SrtpMaster ofServer(SrtpProfile profile, byte[] material) {
    return part(profile, material, 1);
  }

  /** The client's key, as {@link #ofServer}. */
  public static SrtpMaster ofClient(SrtpProfile profile, byte[] material) {
    return part(profile, material, 0);
  }

  private static SrtpMaster part(SrtpProfile profile, byte[] material, int which) {
    int key = which * SrtpProfile.KEY_BYTES;
    int salt = 2 * SrtpProfile.KEY_BYTES + which * profile.saltBytes();
    return new SrtpMaster(
        Arrays.copyOfRange(material, key, key + SrtpProfile.KEY_BYTES),
        Arrays.copyOfRange(material, salt, salt + profile.saltBytes()));
  }

  @Override
  public String toString() {
    return "SrtpMaster[***]";
  }
}
