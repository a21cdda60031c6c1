package kg.sakchy.storage.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.approval.Approval;
import kg.sakchy.core.approval.ApprovalRequest;
import kg.sakchy.core.approval.Grant;
import kg.sakchy.core.approval.GuardedAct;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.time.TimeRange;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** A row of the table of approvals. Threads: stateless. */
final class ApprovalRow {
  private ApprovalRow() {}

  /** Binds its number and what changes. */
  static <T extends SqlStatement<T>> T bind(T statement, Approval approval) {
    Approval.Decision decision = approval.decision();
    Grant grant = approval.grant();
    return statement
        .bind("number", approval.number())
        .bind("state", approval.state().code())
        .bindByType("decided_by", decision == null ? null : decision.by().value(), String.class)
        .bindByType("decided_us", decision == null ? null : Micros.of(decision.at()), Long.class)
        .bind("decision_reason", decision == null ? "" : decision.reason())
        .bindByType("grant_from_us", grant == null ? null : Micros.of(grant.from()), Long.class)
        .bindByType("grant_until_us", grant == null ? null : Micros.of(grant.until()), Long.class)
        .bindByType("uses", grant == null ? null : grant.uses(), Integer.class)
        .bindByType("used", grant == null ? null : grant.used(), Integer.class)
        .bindByType(
            "last_use_us", grant == null ? null : Micros.ofNullable(grant.lastUse()), Long.class)
        .bindByType("grant_over", grant == null ? null : grant.over(), Boolean.class);
  }

  static Approval read(ResultSet row, StatementContext context) throws SQLException {
    GuardedAct act =
        new GuardedAct(
            GuardedAct.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
            new CameraId(row.getString("camera")),
            new TimeRange(
                Micros.instant(row.getLong("from_us")), Micros.instant(row.getLong("to_us"))));
    return new Approval(
        row.getLong("number"),
        new ApprovalRequest(
            act,
            new AccountId(row.getString("requester")),
            row.getString("reason"),
            row.getString("case_number"),
            row.getBoolean("urgent")),
        Micros.instant(row.getLong("requested_us")),
        Micros.instant(row.getLong("due_us")),
        Approval.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        decision(row),
        grant(row));
  }

  private static Approval.@Nullable Decision decision(ResultSet row) throws SQLException {
    String by = row.getString("decided_by");
    return by == null
        ? null
        : new Approval.Decision(
            new AccountId(by),
            Micros.instant(row.getLong("decided_us")),
            row.getString("decision_reason"));
  }

  private static @Nullable Grant grant(ResultSet row) throws SQLException {
    Long from = row.getObject("grant_from_us", Long.class);
    return from == null
        ? null
        : new Grant(
            Micros.instant(from),
            Micros.instant(row.getLong("grant_until_us")),
            row.getInt("uses"),
            row.getInt("used"),
            Micros.instantOrNull(row.getObject("last_use_us", Long.class)),
            row.getBoolean("grant_over"));
  }
}
