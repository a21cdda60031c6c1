package kg.sakchy.storage.audit;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;

/**
 * The right edge of a Merkle tree (RFC 9162 §2.1): all that is needed to add a leaf and to know the
 * root.
 *
 * @param size leaves so far
 * @param peaks roots of the complete subtrees that the leaves fall into, the largest first: one for
 *     each binary 1 of the size
 */
public record MerkleFrontier(long size, List<Bytes> peaks) {
  /** Of the tree without leaves. */
  public static final MerkleFrontier EMPTY = new MerkleFrontier(0, List.of());

  /** Told of every subtree that a leaf completes. */
  public interface Completed {
    /**
     * @param level leaves of it, as a power of two; 1 or more
     * @param index its place among those of its level, from 0
     */
    void node(int level, long index, Bytes hash);
  }

  public MerkleFrontier {
    peaks = List.copyOf(peaks);
    if (size < 0 || peaks.size() != Long.bitCount(size)) {
      throw new VmsException(ErrorKind.DATA_LOSS, "the edge of the tree does not fit its size");
    }
  }

  /**
   * Reads {@link #packed()}.
   *
   * @throws VmsException DATA_LOSS when it does not fit the size
   */
  public static MerkleFrontier unpack(long size, byte[] packed) {
    if (packed.length % Hashes.SIZE != 0) {
      throw new VmsException(ErrorKind.DATA_LOSS, "the edge of the tree is cut off");
    }
    List<Bytes> peaks = new ArrayList<>();
    for (int at = 0; at < packed.length; at += Hashes.SIZE) {
      peaks.add(Bytes.copyOf(java.util.Arrays.copyOfRange(packed, at, at + Hashes.SIZE)));
    }
    return new MerkleFrontier(size, peaks);
  }

  /** The peaks one after another, 32 bytes each. */
  public byte[] packed() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    peaks.forEach(peak -> out.writeBytes(peak.toByteArray()));
    return out.toByteArray();
  }

  /** The same with one leaf more. */
  public MerkleFrontier add(Bytes leaf) {
    return add(leaf, (level, index, hash) -> {});
  }

  /** The same with one leaf more; {@code completed} hears of the subtrees that are whole now. */
  public MerkleFrontier add(Bytes leaf, Completed completed) {
    List<Bytes> next = new ArrayList<>(peaks);
    Bytes hash = leaf;
    int level = 0;
    for (long rest = size; (rest & 1) == 1; rest >>= 1) {
      hash = Hashes.node(next.removeLast(), hash);
      level++;
      completed.node(level, size >> level, hash);
    }
    next.add(hash);
    return new MerkleFrontier(size + 1, next);
  }

  /** The root over all leaves. */
  public Bytes root() {
    if (peaks.isEmpty()) {
      return Hashes.empty();
    }
    Bytes root = peaks.getLast();
    for (int i = peaks.size() - 2; i >= 0; i--) {
      root = Hashes.node(peaks.get(i), root);
    }
    return root;
  }
}
