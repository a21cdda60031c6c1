package kg.sakchy.storage.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;

/**
 * The public half of a key that signs checkpoints, as signed notes write it (C2SP signed-note):
 * {@code name+id+base64(0x01 || key)}, where the id is the first four bytes of {@code SHA-256(name
 * || 0x0A || 0x01 || key)} in hex.
 *
 * @param name of the signer: no blanks, no plus
 * @param key 32 bytes, Ed25519 (RFC 8032)
 */
public record VerifierKey(String name, Bytes key) {
  static final byte ED25519 = 1;
  static final int KEY_BYTES = 32;

  private static final Pattern NAME = Pattern.compile("[^\\s+]{1,200}");

  /** SubjectPublicKeyInfo of Ed25519 up to the key (RFC 8410 §4). */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  public VerifierKey {
    if (!NAME.matcher(name).matches() || key.size() != KEY_BYTES) {
      throw malformed();
    }
  }

  /**
   * Reads a key.
   *
   * @throws VmsException INVALID_ARGUMENT when it is none
   */
  public static VerifierKey parse(String text) {
    String[] parts = text.strip().split("\\+", 3);
    if (parts.length != 3) {
      throw malformed();
    }
    byte[] key;
    try {
      key = Base64.getDecoder().decode(parts[2]);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
    if (key.length != 1 + KEY_BYTES || key[0] != ED25519) {
      throw malformed();
    }
    VerifierKey read =
        new VerifierKey(parts[0], Bytes.copyOf(Arrays.copyOfRange(key, 1, key.length)));
    if (!HexFormat.of().formatHex(read.id()).equals(parts[1])) {
      throw malformed();
    }
    return read;
  }

  /** Four bytes that tell keys of the same name apart. */
  byte[] id() {
    MessageDigest digest = Hashes.sha256();
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    digest.update(typed());
    return Arrays.copyOf(digest.digest(), 4);
  }

  /** Whether a signature over a text is of this key. */
  boolean verifies(byte[] text, byte[] signature) {
    try {
      PublicKey publicKey =
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(joined(PREFIX, key.toByteArray())));
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(publicKey);
      check.update(text);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // no point of the curve, or a signature of another length
    }
  }

  private byte[] typed() {
    return joined(new byte[] {ED25519}, key.toByteArray());
  }

  static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static VmsException malformed() {
    return new VmsException(
        ErrorKind.INVALID_ARGUMENT, "a key that checks signatures reads name+id+base64");
  }

  @Override
  public String toString() {
    return name
        + "+"
        + HexFormat.of().formatHex(id())
        + "+"
        + Base64.getEncoder().encodeToString(typed());
  }
}
