package kg.sakchy.storage.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.storage.audit.AuditFinding.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a log that it is told record by record: each record against its hash, each hash against
 * the record that follows, and all of them against what was signed.
 *
 * <p>Whatever is wrong is told and the verification goes on: with the hash that a changed record
 * once had, and with the hash that the next record names for a single one that is missing. So the
 * checkpoints still prove all the others.
 *
 * <p>Threads: one. Memory: checkpoints ahead of the records, and the first findings.
 */
public final class AuditVerifier {
  /** More findings are only counted. */
  public static final int MOST_FINDINGS = 100;

  private final List<VerifierKey> keys;
  private final long first;
  private final List<AuditFinding> findings = new ArrayList<>();
  private final SortedMap<Long, Checkpoint> ahead = new TreeMap<>();
  private MerkleFrontier tree;
  private Bytes previous;
  private boolean treeKnown = true;
  private long found;
  private long proven;
  private @Nullable Instant provenAt;

  /**
   * A record as it was found.
   *
   * @param number that it says it has
   * @param previous hash of the record before it, as it says
   * @param hash that it was kept with
   * @param computed hash of what it says
   */
  public record Found(long number, Bytes previous, Bytes hash, Bytes computed) {
    /** What was read of a database. */
    public static Found of(AuditRecord record) {
      return new Found(record.number(), record.previous(), record.hash(), record.computed());
    }
  }

  /**
   * @param start the tree over the records that went before
   * @param hash of the last of them
   * @param keys whose signatures are believed
   */
  public AuditVerifier(MerkleFrontier start, Bytes hash, List<VerifierKey> keys) {
    this.tree = start;
    this.previous = hash;
    this.keys = List.copyOf(keys);
    this.first = start.size() + 1;
  }

  /** The next record, in the order in which they are kept. */
  public void record(Found record) {
    long expected = tree.size() + 1;
    if (record.number() < expected) {
      tell(
          Kind.OUT_OF_ORDER,
          record.number(),
          "record %d stands after record %d".formatted(record.number(), expected - 1));
      return;
    }
    if (record.number() > expected) {
      missing(record.number() - 1);
      skipTo(record);
    } else if (!record.previous().equals(previous)) {
      replaced(expected);
    }
    if (!record.computed().equals(record.hash())) {
      tell(
          Kind.CHANGED,
          record.number(),
          "record %d was changed: it is not what its hash is of".formatted(record.number()));
    }
    add(record.hash());
  }

  /** Something that stands in the place of the next record, or beside them, is none. */
  public void unreadable(String place) {
    tell(
        Kind.UNREADABLE,
        tree.size() + 1,
        "%s, after record %d, cannot be read".formatted(place, tree.size()));
  }

  /** A checkpoint; of the records so far or of later ones. */
  public void checkpoint(String note) {
    SignedNote read;
    try {
      read = SignedNote.parse(note);
    } catch (VmsException e) {
      tell(Kind.BAD_CHECKPOINT, 0, "a checkpoint after record " + tree.size() + " is damaged");
      return;
    }
    checkpoint(read);
  }

  /** The same, read. */
  public void checkpoint(SignedNote note) {
    Checkpoint checkpoint = note.checkpoint();
    if (keys.stream().noneMatch(note::isSignedBy)) {
      tell(
          Kind.BAD_CHECKPOINT,
          checkpoint.size(),
          "the checkpoint of %d records of %s is signed by no key that is trusted"
              .formatted(checkpoint.size(), checkpoint.time()));
    } else if (checkpoint.size() == tree.size()) {
      compare(checkpoint);
    } else if (checkpoint.size() > tree.size()) {
      Checkpoint other = ahead.putIfAbsent(checkpoint.size(), checkpoint);
      if (other != null && !other.root().equals(checkpoint.root())) {
        tell(
            Kind.NOT_WHAT_WAS_SIGNED,
            checkpoint.size(),
            "two different logs of %d records were signed".formatted(checkpoint.size()));
      }
    }
  }

  /**
   * There is no more.
   *
   * @param end number that the last record should have, or -1 if only checkpoints say
   */
  public AuditReport end(long end) {
    long last = tree.size();
    if (end > last) {
      missing(end);
    } else if (ahead.isEmpty() && treeKnown && last >= first && proven == 0) {
      tell(Kind.NOT_SIGNED, first, "no checkpoint covers any of the records: nothing is proven");
    }
    for (Checkpoint checkpoint : ahead.values()) {
      if (checkpoint.size() > Math.max(end, last)) {
        tell(
            Kind.MISSING,
            last + 1,
            "records %d to %d are missing at the end: they were signed at %s"
                .formatted(last + 1, checkpoint.size(), checkpoint.time()));
      }
    }
    return new AuditReport(first, last, proven, provenAt, findings, found);
  }

  private void missing(long to) {
    long from = tree.size() + 1;
    tell(
        Kind.MISSING,
        from,
        from == to
            ? "record %d is missing".formatted(from)
            : "records %d to %d are missing".formatted(from, to));
  }

  /** Goes on after a hole; the hash of a single missing record is named by the one after it. */
  private void skipTo(Found record) {
    if (record.number() == tree.size() + 2) {
      add(record.previous());
      return;
    }
    treeKnown = false;
    tree = new MerkleFrontier(record.number() - 1, unknownPeaks(record.number() - 1));
    ahead.headMap(record.number()).clear();
  }

  private static List<Bytes> unknownPeaks(long size) {
    return java.util.Collections.nCopies(Long.bitCount(size), Hashes.NONE);
  }

  private void replaced(long expected) {
    tell(
        Kind.REPLACED,
        expected - 1,
        expected == first
            ? "record %d does not follow what went before it".formatted(expected)
            : "record %d was written anew: record %d names another one before it"
                .formatted(expected - 1, expected));
  }

  private void add(Bytes hash) {
    tree = tree.add(hash);
    previous = hash;
    Checkpoint due = ahead.remove(tree.size());
    if (due != null) {
      compare(due);
    }
  }

  private void compare(Checkpoint checkpoint) {
    if (!treeKnown) {
      return;
    }
    if (checkpoint.root().equals(tree.root())) {
      proven = checkpoint.size();
      provenAt = checkpoint.time();
      return;
    }
    treeKnown = false;
    tell(
        Kind.NOT_WHAT_WAS_SIGNED,
        Math.max(first, proven + 1),
        "records %d to %d are not those that were signed at %s"
            .formatted(Math.max(first, proven + 1), checkpoint.size(), checkpoint.time()));
  }

  private void tell(Kind kind, long number, String words) {
    found++;
    if (findings.size() < MOST_FINDINGS) {
      findings.add(new AuditFinding(kind, number, words));
    }
  }
}
