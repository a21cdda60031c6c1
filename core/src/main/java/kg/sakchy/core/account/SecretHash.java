package kg.sakchy.core.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * The SHA-256 of a secret of 256 random bits, a session's or an API token's: all that is stored of
 * it. Who reads the table cannot come in with what stands there; the secret has too many bits for a
 * slow hash to be needed.
 */
public final class SecretHash {
  private static final int BYTES = 32;
  private static final int MARK_BYTES = 4;

  private final byte[] bytes;

  /**
   * @param bytes the 32 bytes of the hash, as they were stored
   */
  public SecretHash(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new VmsException(ErrorKind.DATA_LOSS, "a hash of " + bytes.length + " bytes");
    }
    this.bytes = bytes.clone();
  }

  /** The hash of a secret's UTF-8 bytes. */
  public static SecretHash of(String secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return new SecretHash(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new VmsException(ErrorKind.INTERNAL, "no SHA-256", e);
    }
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * The first 8 hexadecimal digits: tells secrets apart in logs and in the audit, opens nothing.
   */
  public String mark() {
    return HexFormat.of().formatHex(bytes, 0, MARK_BYTES);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretHash hash && MessageDigest.isEqual(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return mark();
  }
}
