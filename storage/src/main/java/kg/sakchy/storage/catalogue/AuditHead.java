package kg.sakchy.storage.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.storage.audit.MerkleFrontier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * An end of the audit log: the tree over the records up to there, and the hash of the last.
 *
 * <p>Threads: immutable.
 */
record AuditHead(MerkleFrontier tree, Bytes hash) {
  /** Where the log ends now. */
  static AuditHead last(Handle handle) {
    return one(handle, "select size, hash, peaks from audit_head");
  }

  /** The same; until the commit nobody else appends. */
  static AuditHead lock(Handle handle) {
    return one(handle, "select size, hash, peaks from audit_head for update");
  }

  /** Where the log begins: after what was dropped. */
  static AuditHead start(Handle handle) {
    return one(handle, "select size, hash, peaks from audit_start");
  }

  /** The name of the log. */
  static String origin(Handle handle) {
    return handle.select("select origin from audit_head").mapTo(String.class).one();
  }

  private static AuditHead one(Handle handle, String query) {
    return handle.select(query).map(AuditHead::read).one();
  }

  private static AuditHead read(ResultSet row, StatementContext context) throws SQLException {
    return new AuditHead(
        MerkleFrontier.unpack(row.getLong("size"), row.getBytes("peaks")),
        Bytes.copyOf(row.getBytes("hash")));
  }
}
