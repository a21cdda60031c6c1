package kg.sakchy.core.account;

import java.security.MessageDigest;
import java.util.Arrays;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/** The key that an account shares with its owner's authenticator (RFC 6238); does not print. */
public final class TotpSecret {
  /** As long as the hash of the codes, SHA-1 (RFC 4226 §4, R6). */
  public static final int BYTES = 20;

  private final byte[] bytes;

  /**
   * @param bytes 20 random bytes
   */
  public TotpSecret(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "the key of an authenticator has 20 bytes");
    }
    this.bytes = bytes.clone();
  }

  /** A copy of the 20 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TotpSecret secret && MessageDigest.isEqual(bytes, secret.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "***";
  }
}
