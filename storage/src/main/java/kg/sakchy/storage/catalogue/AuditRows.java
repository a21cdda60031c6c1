package kg.sakchy.storage.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.audit.AuditLog;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.storage.audit.AuditRecord;
import kg.sakchy.storage.audit.MerkleFrontier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/** Rows of the table of audit records. Threads: stateless. */
final class AuditRows {
  /** Subtrees below are made from records, see V7. */
  static final int LEAST_NODE_LEVEL = 8;

  private static final String APPEND =
      """
      with added as (
        insert into audit_records (number, at_us, actor, origin, action, object, reason, result,
          details, previous, hash)
        select :first + place - 1, at_us, actor, origin, action, object, reason, result,
          cast(details as jsonb), decode(previous, 'hex'), decode(hash, 'hex')
        from unnest(:at_us, :actor, :origin, :action, :object, :reason, :result, :details,
            :previous, :hash)
          with ordinality as record (at_us, actor, origin, action, object, reason, result, details,
            previous, hash, place))
      update audit_head set size = :size, hash = :last, peaks = :peaks
      """;

  private AuditRows() {}

  /** Appends events and returns where the log ends now; nobody else does until the commit. */
  static AuditHead append(Handle handle, List<AuditEvent> events) {
    AuditHead head = AuditHead.lock(handle);
    long first = head.tree().size() + 1;
    List<AuditRecord> records = new ArrayList<>(events.size());
    List<Node> nodes = new ArrayList<>();
    MerkleFrontier tree = head.tree();
    Bytes previous = head.hash();
    for (AuditEvent event : events) {
      AuditRecord record = AuditRecord.next(tree.size() + 1, event, previous);
      records.add(record);
      previous = record.hash();
      tree = tree.add(previous, (level, index, hash) -> nodes.add(new Node(level, index, hash)));
    }
    AuditHead last = new AuditHead(tree, previous);
    insert(handle, first, records, last);
    insert(handle, nodes);
    return last;
  }

  private record Node(int level, long index, Bytes hash) {}

  private static void insert(Handle handle, long first, List<AuditRecord> records, AuditHead last) {
    try (Update update = handle.createUpdate(APPEND)) {
      update
          .bind("first", first)
          .bindArray("at_us", Long.class, column(records, one -> Micros.of(one.event().at())))
          .bindArray("actor", String.class, column(records, one -> one.event().actor()))
          .bindArray("origin", String.class, column(records, one -> one.event().origin()))
          .bindArray("action", String.class, column(records, one -> one.event().action().code()))
          .bindArray("object", String.class, column(records, one -> one.event().object()))
          .bindArray("reason", String.class, column(records, one -> one.event().reason()))
          .bindArray("result", String.class, column(records, one -> one.event().result().code()))
          .bindArray(
              "details",
              String.class,
              column(records, one -> AuditRecord.details(one.event().details())))
          .bindArray("previous", String.class, column(records, one -> hex(one.previous())))
          .bindArray("hash", String.class, column(records, one -> hex(one.hash())))
          .bind("size", last.tree().size())
          .bind("last", last.hash().toByteArray())
          .bind("peaks", last.tree().packed())
          .execute();
    }
  }

  private static void insert(Handle handle, List<Node> nodes) {
    List<Node> kept = nodes.stream().filter(node -> node.level() >= LEAST_NODE_LEVEL).toList();
    if (kept.isEmpty()) {
      return;
    }
    try (PreparedBatch batch =
        handle.prepareBatch("insert into audit_nodes (level, index, hash) values (?, ?, ?)")) {
      kept.forEach(node -> batch.add(node.level(), node.index(), node.hash().toByteArray()));
      batch.execute();
    }
  }

  static List<AuditLog.Entry> find(Handle handle, AuditLog.Query wanted) {
    String statement =
        "select * from audit_records where number < :before and at_us >= :from and at_us < :to"
            + (wanted.actor() == null ? "" : " and actor = :actor")
            + (wanted.object() == null ? "" : " and object = :object")
            + (wanted.actions().isEmpty() ? "" : " and action = any(:actions)")
            + " order by number desc limit :limit";
    try (Query query = handle.createQuery(statement)) {
      if (wanted.actor() != null) {
        query.bind("actor", wanted.actor());
      }
      if (wanted.object() != null) {
        query.bind("object", wanted.object());
      }
      if (!wanted.actions().isEmpty()) {
        query.bindArray(
            "actions", String.class, wanted.actions().stream().map(AuditAction::code).toList());
      }
      return query
          .bind("before", wanted.before())
          .bind("from", Micros.of(wanted.range().start()))
          .bind("to", Micros.of(wanted.range().end()))
          .bind("limit", wanted.limit())
          .map((row, context) -> new AuditLog.Entry(row.getLong("number"), event(row)))
          .list();
    }
  }

  /** A row as it stands, also when somebody changed it. */
  static AuditRecord read(ResultSet row, StatementContext context) throws SQLException {
    return new AuditRecord(
        row.getLong("number"),
        event(row),
        Bytes.copyOf(row.getBytes("previous")),
        Bytes.copyOf(row.getBytes("hash")));
  }

  private static AuditEvent event(ResultSet row) throws SQLException {
    try {
      return new AuditEvent(
          Micros.instant(row.getLong("at_us")),
          row.getString("actor"),
          row.getString("origin"),
          AuditAction.valueOf(row.getString("action").toUpperCase(Locale.ROOT)),
          row.getString("object"),
          row.getString("reason"),
          AuditEvent.Result.valueOf(row.getString("result").toUpperCase(Locale.ROOT)),
          new TreeMap<>(EventRow.fromJson(row.getString("details"))));
    } catch (IllegalArgumentException e) {
      throw new VmsException(
          ErrorKind.DATA_LOSS, "audit record " + row.getLong("number") + " says no such thing", e);
    }
  }

  private static <T> List<T> column(List<AuditRecord> records, Function<AuditRecord, T> value) {
    return records.stream().map(value).toList();
  }

  private static String hex(Bytes hash) {
    return HexFormat.of().formatHex(hash.toByteArray());
  }
}
