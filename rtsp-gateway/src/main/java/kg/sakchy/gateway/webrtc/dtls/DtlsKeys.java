package kg.sakchy.gateway.webrtc.dtls;

import kg.sakchy.gateway.webrtc.srtp.SrtpProfile;

/**
 * What a handshake gives to SRTP (RFC 5764 §4.2). Secret.
 *
 * @param profile both sides use
 * @param material client key, server key, client salt, server salt
 */
@SuppressWarnings("ArrayRecordComponent") // key material is used, never compared
public record DtlsKeys(SrtpProfile profile, byte[] material) {
  @Override
  public String toString() {
    return "DtlsKeys[" + profile + ", ***]";
  }
}
