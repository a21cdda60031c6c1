package kg.sakchy.storage.catalogue;

import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.storage.audit.AuditExportWriter;
import kg.sakchy.storage.audit.AuditRecord;
import kg.sakchy.storage.audit.AuditReport;
import kg.sakchy.storage.audit.AuditVerifier;
import kg.sakchy.storage.audit.Hashes;
import kg.sakchy.storage.audit.MerkleFrontier;
import kg.sakchy.storage.audit.MerkleTree;
import kg.sakchy.storage.audit.SignedNote;
import kg.sakchy.storage.audit.VerifierKey;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The audit as it stands in the database: read from end to end, verified, exported, and its tree.
 *
 * <p>Threads: safe for use by many threads. Memory: some pages of rows.
 */
final class AuditArchive {
  private static final int FETCH = 1_000;

  private final Database database;

  AuditArchive(Database database) {
    this.database = database;
  }

  /**
   * A row as it stands.
   *
   * @param record null when it says what no record can say
   */
  private record Row(long number, Bytes previous, Bytes hash, @Nullable AuditRecord record) {
    static Row read(ResultSet row, StatementContext context) throws SQLException {
      AuditRecord record;
      try {
        record = AuditRows.read(row, context);
      } catch (VmsException e) {
        record = null;
      }
      return new Row(
          row.getLong("number"),
          Bytes.copyOf(row.getBytes("previous")),
          Bytes.copyOf(row.getBytes("hash")),
          record);
    }

    AuditVerifier.Found found() {
      Bytes computed = record == null ? Hashes.NONE : record.computed();
      return new AuditVerifier.Found(number, previous, hash, computed);
    }
  }

  /** A checkpoint of the table. */
  private record Kept(long size, String note) {}

  /**
   * Verifies all of it.
   *
   * @param keys whose signatures are believed
   * @param elsewhere checkpoints that were kept outside of the database
   */
  AuditReport verify(List<VerifierKey> keys, List<SignedNote> elsewhere) {
    return atOneMoment(
        "verifying the audit",
        handle -> {
          AuditHead start = AuditHead.start(handle);
          AuditVerifier verifier = new AuditVerifier(start.tree(), start.hash(), keys);
          elsewhere.forEach(verifier::checkpoint);
          walk(
              handle,
              start.tree().size(),
              Long.MAX_VALUE,
              row -> verifier.record(row.found()),
              verifier::checkpoint);
          return verifier.end(AuditHead.last(handle).tree().size());
        });
  }

  /**
   * Writes records and checkpoints.
   *
   * @param after number of the last record left out
   * @param end checkpoint of the last record written
   */
  void export(long after, SignedNote end, OutputStream out) {
    atOneMoment(
        "exporting the audit",
        handle -> {
          AuditExportWriter writer = new AuditExportWriter(out);
          AuditHead start = before(handle, after);
          writer.begin(start.tree(), start.hash(), end, keys(handle));
          walk(
              handle,
              start.tree().size(),
              end.checkpoint().size(),
              row -> {
                if (row.record() != null) {
                  writer.record(row.record());
                }
              },
              writer::checkpoint);
          return after;
        });
  }

  /** The path of {@link MerkleTree#inclusion}. */
  List<Bytes> inclusion(long number, long size) {
    return atOneMoment(
        "proving a record", handle -> treeOf(handle, size).inclusion(number - 1, size));
  }

  /** The path of {@link MerkleTree#consistency}. */
  List<Bytes> consistency(long from, long to) {
    return atOneMoment("proving the audit", handle -> treeOf(handle, to).consistency(from, to));
  }

  /** Whether the log is, or went on from, what was signed; true where that was dropped. */
  boolean fits(SignedNote note) {
    long size = note.checkpoint().size();
    return atOneMoment(
        "comparing the audit",
        handle ->
            size < AuditHead.start(handle).tree().size()
                || (size <= AuditHead.last(handle).tree().size()
                    && tree(handle).frontier(size).root().equals(note.checkpoint().root())));
  }

  /** The log up to a record, that one included. */
  static AuditHead before(Handle handle, long number) {
    AuditHead start = AuditHead.start(handle);
    if (number <= start.tree().size()) {
      return start;
    }
    MerkleFrontier frontier = treeOf(handle, number).frontier(number);
    return new AuditHead(frontier, leaf(handle, number - 1));
  }

  private static MerkleTree treeOf(Handle handle, long size) {
    if (size < 0 || size > AuditHead.last(handle).tree().size()) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "the audit has not that many records");
    }
    return tree(handle);
  }

  private static MerkleTree tree(Handle handle) {
    return new MerkleTree((level, index) -> subtree(handle, level, index));
  }

  private static Bytes subtree(Handle handle, int level, long index) {
    if (level == 0) {
      return leaf(handle, index);
    }
    return level >= AuditRows.LEAST_NODE_LEVEL
        ? node(handle, level, index)
        : fromRecords(handle, level, index);
  }

  private static Bytes node(Handle handle, int level, long index) {
    return handle
        .select("select hash from audit_nodes where level = ? and index = ?", level, index)
        .map((row, context) -> Bytes.copyOf(row.getBytes("hash")))
        .findOne()
        .orElseThrow(AuditArchive::gone);
  }

  private static Bytes leaf(Handle handle, long index) {
    return leaves(handle, index, 1).getFirst();
  }

  private static Bytes fromRecords(Handle handle, int level, long index) {
    int count = 1 << level;
    MerkleFrontier tree = MerkleFrontier.EMPTY;
    for (Bytes leaf : leaves(handle, index * count, count)) {
      tree = tree.add(leaf);
    }
    return tree.root();
  }

  private static List<Bytes> leaves(Handle handle, long first, int count) {
    List<Bytes> leaves =
        handle
            .select(
                "select hash from audit_records where number > ? and number <= ? order by number",
                first,
                first + count)
            .map((row, context) -> Bytes.copyOf(row.getBytes("hash")))
            .list();
    if (leaves.size() != count) {
      throw gone();
    }
    return leaves;
  }

  private static List<VerifierKey> keys(Handle handle) {
    return handle
        .select("select distinct key from audit_checkpoints order by key")
        .mapTo(String.class)
        .list()
        .stream()
        .flatMap(AuditArchive::readable)
        .toList();
  }

  private static Stream<VerifierKey> readable(String key) {
    try {
      return Stream.of(VerifierKey.parse(key));
    } catch (VmsException e) {
      return Stream.of(); // somebody changed it: its checkpoints are of no known key then
    }
  }

  /** Records in their order, each after the checkpoints of what goes before it. */
  private static void walk(
      Handle handle, long after, long upTo, Consumer<Row> records, Consumer<String> checkpoints) {
    try (Query rows =
            handle.createQuery(
                "select * from audit_records where number > :after and number <= :upTo"
                    + " order by number, at_us");
        Query notes =
            handle.createQuery(
                "select size, note from audit_checkpoints where size > :after and size <= :upTo"
                    + " order by size, key");
        ResultIterator<Row> row =
            rows.bind("after", after)
                .bind("upTo", upTo)
                .setFetchSize(FETCH)
                .map(Row::read)
                .iterator();
        ResultIterator<Kept> note =
            notes
                .bind("after", after)
                .bind("upTo", upTo)
                .setFetchSize(FETCH)
                .map((one, context) -> new Kept(one.getLong("size"), one.getString("note")))
                .iterator()) {
      Kept next = note.hasNext() ? note.next() : null;
      while (row.hasNext()) {
        Row record = row.next();
        while (next != null && next.size() < record.number()) {
          checkpoints.accept(next.note());
          next = note.hasNext() ? note.next() : null;
        }
        records.accept(record);
      }
      while (next != null) {
        checkpoints.accept(next.note());
        next = note.hasNext() ? note.next() : null;
      }
    }
  }

  /** One state of the database for as long as it takes. */
  private <T> T atOneMoment(String doing, Database.Work<T> work) {
    return database.inTransaction(
        doing,
        handle -> {
          handle.execute("set transaction isolation level repeatable read, read only");
          return work.on(handle);
        });
  }

  private static VmsException gone() {
    return new VmsException(
        ErrorKind.NOT_FOUND, "audit records that this needs are not there any more");
  }
}
