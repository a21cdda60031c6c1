package kg.sakchy.storage.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;

/**
 * The hashes of RFC 9162 §2.1.1 with SHA-256: of a leaf over {@code 0x00} and the record, of a node
 * over {@code 0x01} and its two children, so that no node can pass for a record.
 *
 * <p>Threads: stateless.
 */
public final class Hashes {
  /** Bytes of a hash. */
  public static final int SIZE = 32;

  /** What the first record names as the hash of the one before it. */
  public static final Bytes NONE = Bytes.copyOf(new byte[SIZE]);

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private Hashes() {}

  /** The hash of a record: its place in the chain and its leaf in the tree. */
  public static Bytes leaf(byte[] record) {
    MessageDigest digest = sha256();
    digest.update(LEAF);
    digest.update(record);
    return Bytes.copyOf(digest.digest());
  }

  /** The hash of two subtrees side by side. */
  public static Bytes node(Bytes left, Bytes right) {
    MessageDigest digest = sha256();
    digest.update(NODE);
    digest.update(left.asByteBuffer());
    digest.update(right.asByteBuffer());
    return Bytes.copyOf(digest.digest());
  }

  /** The root of the tree without leaves. */
  static Bytes empty() {
    return Bytes.copyOf(sha256().digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new VmsException(ErrorKind.INTERNAL, "no SHA-256", e);
    }
  }
}
