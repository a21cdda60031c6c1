package kg.sakchy.storage.audit;

import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;

/**
 * Proofs over a Merkle tree whose complete subtrees can be looked up (RFC 9162 §2.1.3 and §2.1.4).
 *
 * <p>Threads: stateless; as the subtrees are.
 */
public final class MerkleTree {
  private final Subtrees subtrees;

  /** The complete subtrees of a tree. */
  public interface Subtrees {
    /**
     * The root of one.
     *
     * @param level leaves of it, as a power of two; 0 for a leaf
     * @param index its place among those of its level, from 0
     * @throws VmsException NOT_FOUND when its records are gone and nothing of it was kept
     */
    Bytes root(int level, long index);
  }

  public MerkleTree(Subtrees subtrees) {
    this.subtrees = subtrees;
  }

  /** The right edge of the tree as it was with so many leaves. */
  public MerkleFrontier frontier(long size) {
    List<Bytes> peaks = new ArrayList<>();
    for (int level = Long.SIZE - 2; level >= 0; level--) {
      if ((size >> level & 1) == 1) {
        peaks.add(subtrees.root(level, (size >> level) - 1));
      }
    }
    return new MerkleFrontier(size, peaks);
  }

  /**
   * The path that proves a leaf to be in the tree of a size (§2.1.3.1).
   *
   * @param leaf from 0
   */
  public List<Bytes> inclusion(long leaf, long size) {
    require(leaf >= 0 && leaf < size, "there is no such record in a tree of that size");
    List<Bytes> path = new ArrayList<>();
    long start = 0;
    long end = size;
    while (end - start > 1) {
      long middle = start + split(end - start);
      if (leaf < middle) {
        path.add(root(middle, end));
        end = middle;
      } else {
        path.add(root(start, middle));
        start = middle;
      }
    }
    return path.reversed();
  }

  /** The path that proves a tree to be the beginning of a larger one (§2.1.4.1). */
  public List<Bytes> consistency(long from, long to) {
    require(
        from > 0 && from <= to, "a tree grows from a size of 1 or more to the same or a larger");
    List<Bytes> path = new ArrayList<>();
    long start = 0;
    long end = to;
    boolean known = true;
    while (from < end) {
      long middle = start + split(end - start);
      if (from <= middle) {
        path.add(root(middle, end));
        end = middle;
      } else {
        path.add(root(start, middle));
        start = middle;
        known = false;
      }
    }
    if (!known) {
      path.add(root(start, end));
    }
    return path.reversed();
  }

  /** The root over leaves from {@code start} on; the ranges of proofs begin at a multiple of it. */
  private Bytes root(long start, long end) {
    long size = end - start;
    if (Long.bitCount(size) == 1) {
      int level = Long.numberOfTrailingZeros(size);
      return subtrees.root(level, start >> level);
    }
    long middle = start + split(size);
    return Hashes.node(root(start, middle), root(middle, end));
  }

  /** The largest power of two below a size over 1. */
  private static long split(long size) {
    return Long.highestOneBit(size - 1);
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, otherwise);
    }
  }
}
