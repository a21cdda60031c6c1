package kg.sakchy.gateway.webrtc.srtp;

import java.security.GeneralSecurityException;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/** Maps what the JDK's ciphers throw; it names no keys. */
final class SrtpErrors {
  private SrtpErrors() {}

  static VmsException of(GeneralSecurityException e) {
    return new VmsException(ErrorKind.INTERNAL, "a media packet cannot be protected", e);
  }
}
