package kg.sakchy.storage.audit;

import java.util.List;
import kg.sakchy.core.unit.Bytes;

/**
 * Checks of proofs, by whoever has roots and no records (RFC 9162 §2.1.3.2 and §2.1.4.2).
 *
 * <p>Threads: stateless.
 */
public final class MerkleProof {
  private MerkleProof() {}

  /**
   * Whether a leaf is in the tree of a root.
   *
   * @param leaf its place, from 0
   * @param size leaves of the tree
   */
  public static boolean includes(Bytes hash, long leaf, long size, List<Bytes> path, Bytes root) {
    if (leaf < 0 || leaf >= size) {
      return false;
    }
    long node = leaf;
    long last = size - 1;
    Bytes computed = hash;
    for (Bytes step : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        computed = Hashes.node(step, computed);
        int up = (node & 1) == 1 ? 0 : Long.numberOfTrailingZeros(node);
        node >>= up;
        last >>= up;
      } else {
        computed = Hashes.node(computed, step);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && computed.equals(root);
  }

  /** Whether the tree of one root is the beginning of the tree of another. */
  public static boolean continues(
      long from, Bytes fromRoot, long to, Bytes toRoot, List<Bytes> path) {
    if (from == to) {
      return path.isEmpty() && fromRoot.equals(toRoot);
    }
    if (from <= 0 || from > to || path.isEmpty()) {
      return false;
    }
    boolean whole = Long.bitCount(from) == 1;
    List<Bytes> rest = whole ? path : path.subList(1, path.size());
    int up = Long.numberOfTrailingZeros(from);
    long node = (from - 1) >> up;
    long last = (to - 1) >> up;
    Bytes older = whole ? fromRoot : path.getFirst();
    Bytes newer = older;
    for (Bytes step : rest) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        older = Hashes.node(step, older);
        newer = Hashes.node(step, newer);
        int zeros = (node & 1) == 1 ? 0 : Long.numberOfTrailingZeros(node);
        node >>= zeros;
        last >>= zeros;
      } else {
        newer = Hashes.node(newer, step);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && older.equals(fromRoot) && newer.equals(toRoot);
  }
}
