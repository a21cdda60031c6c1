package kg.sakchy.server.e2e;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Proofs of RFC 9162 checked by somebody who has only the RFC and what the server handed out.
 * Hashes are lower-case hex.
 */
final class ProofCheck {
  private ProofCheck() {}

  /** The lines of a checkpoint that say what the log is. */
  record Note(long size, String root) {
    static Note of(String text) {
      String[] lines = text.split("\n", 4);
      byte[] root = Base64.getDecoder().decode(lines[2]);
      return new Note(Long.parseLong(lines[1]), HexFormat.of().formatHex(root));
    }
  }

  /** The leaf of a record as an export writes it: what stands behind {@code "record":}. */
  static String leaf(String line) {
    String record = line.substring(line.indexOf("\"record\":") + 9, line.length() - 1);
    return hash(0, record.getBytes(StandardCharsets.UTF_8));
  }

  /** The root that a leaf leads to (§2.1.3.2). */
  static String rootOf(String leaf, long index, long size, List<String> proof) {
    long first = index;
    long last = size - 1;
    String root = leaf;
    for (String next : proof) {
      if (last == 0) {
        throw new AssertionError("the proof is too long");
      }
      if ((first & 1) == 1 || first == last) {
        root = node(next, root);
        while ((first & 1) == 0 && first != 0) {
          first >>= 1;
          last >>= 1;
        }
      } else {
        root = node(root, next);
      }
      first >>= 1;
      last >>= 1;
    }
    if (last != 0) {
      throw new AssertionError("the proof is too short");
    }
    return root;
  }

  /** Whether one log is the beginning of another (§2.1.4.2); the sizes differ. */
  static boolean isBeginning(Note older, Note newer, List<String> proof) {
    List<String> path = new ArrayList<>(proof);
    if (Long.bitCount(older.size()) == 1) {
      path.addFirst(older.root());
    }
    long first = older.size() - 1;
    long last = newer.size() - 1;
    while ((first & 1) == 1) {
      first >>= 1;
      last >>= 1;
    }
    String was = path.removeFirst();
    String is = was;
    for (String next : path) {
      if (last == 0) {
        return false;
      }
      if ((first & 1) == 1 || first == last) {
        was = node(next, was);
        is = node(next, is);
        while ((first & 1) == 0 && first != 0) {
          first >>= 1;
          last >>= 1;
        }
      } else {
        is = node(is, next);
      }
      first >>= 1;
      last >>= 1;
    }
    return last == 0 && was.equals(older.root()) && is.equals(newer.root());
  }

  private static String node(String left, String right) {
    return hash(1, HexFormat.of().parseHex(left + right));
  }

  private static String hash(int prefix, byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((byte) prefix);
      return HexFormat.of().formatHex(digest.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
