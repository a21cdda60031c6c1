package kg.sakchy.core.audit;

import java.io.OutputStream;
import java.util.List;
import kg.sakchy.core.unit.Bytes;

/**
 * What proves the audit log to somebody who does not trust the server: signed checkpoints, proofs
 * of RFC 9162, and exports that are verified offline. Hashes have 32 bytes; formats: {@code
 * ref/audit-format.md}.
 *
 * <p>Threads: safe for use by many threads; calls block (database). Fails: {@link
 * kg.sakchy.core.error.VmsException} UNAVAILABLE without the database; INVALID_ARGUMENT for records
 * and sizes that are not there; NOT_FOUND where records were dropped that a proof needs.
 */
public interface AuditEvidence {
  /** The key that checks the signatures of this server: {@code name+id+base64}. */
  String key();

  /** A signed checkpoint of all records there are now. */
  String checkpoint();

  /**
   * Proves that a record is in the log of a checkpoint (§2.1.3).
   *
   * @param number of the record
   * @param size records of the checkpoint
   */
  List<Bytes> inclusion(long number, long size);

  /** Proves that the log of a checkpoint is the beginning of the log of a later one (§2.1.4). */
  List<Bytes> consistency(long from, long to);

  /**
   * Writes the log up to now.
   *
   * @param after the number of the last record left out, 0 for none
   * @param out stays the caller's
   */
  void export(long after, OutputStream out);
}
