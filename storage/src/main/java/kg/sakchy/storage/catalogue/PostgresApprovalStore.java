package kg.sakchy.storage.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.approval.Approval;
import kg.sakchy.core.approval.ApprovalStore;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jdbi.v3.core.Handle;

/**
 * Requests for what takes two people, in PostgreSQL. A change holds the lock of its row, so that of
 * two who decide at the same time the second sees what the first has decided.
 */
final class PostgresApprovalStore implements ApprovalStore {
  private static final String OPEN = "state in ('waiting', 'urgent', 'overdue')";
  private static final int MOST_GRANTED = 100;

  private static final String INSERT =
      """
      insert into approvals (number, kind, camera, from_us, to_us, requester, reason, case_number,
        urgent, requested_us, due_us, state, decided_by, decided_us, decision_reason,
        grant_from_us, grant_until_us, uses, used, last_use_us, grant_over)
      values (:number, :kind, :camera, :from_us, :to_us, :requester, :reason, :case_number,
        :urgent, :requested_us, :due_us, :state, :decided_by, :decided_us, :decision_reason,
        :grant_from_us, :grant_until_us, :uses, :used, :last_use_us, :grant_over)
      """;

  private static final String UPDATE =
      """
      update approvals set state = :state, decided_by = :decided_by, decided_us = :decided_us,
        decision_reason = :decision_reason, grant_from_us = :grant_from_us,
        grant_until_us = :grant_until_us, uses = :uses, used = :used, last_use_us = :last_use_us,
        grant_over = :grant_over
      where number = :number
      """;

  private final Database database;

  PostgresApprovalStore(Database database) {
    this.database = database;
  }

  @Override
  public long nextNumber() {
    return database.call(
        "numbering a request",
        handle ->
            handle
                .select("select nextval(pg_get_serial_sequence('approvals', 'number'))")
                .mapTo(Long.class)
                .one());
  }

  @Override
  public void create(Approval asked) {
    String requester = asked.request().requester().value();
    database.inTransaction(
        "keeping a request",
        handle -> {
          requireAccount(handle, requester);
          long open =
              handle
                  .select(
                      "select count(*) from approvals where requester = ? and " + OPEN, requester)
                  .mapTo(Long.class)
                  .one();
          if (open >= MOST_OPEN) {
            throw new VmsException(
                ErrorKind.RESOURCE_EXHAUSTED, "50 requests of the account wait already");
          }
          return ApprovalRow.bind(handle.createUpdate(INSERT), asked)
              .bind("kind", asked.request().act().kind().code())
              .bind("camera", asked.request().act().camera().value())
              .bind("from_us", Micros.of(asked.request().act().range().start()))
              .bind("to_us", Micros.of(asked.request().act().range().end()))
              .bind("requester", requester)
              .bind("reason", asked.request().reason())
              .bind("case_number", asked.request().caseNumber())
              .bind("urgent", asked.request().urgent())
              .bind("requested_us", Micros.of(asked.requestedAt()))
              .bind("due_us", Micros.of(asked.due()))
              .execute();
        });
  }

  /** Locks it too, so that requests of one account are counted one after the other. */
  private static void requireAccount(Handle handle, String account) {
    if (handle
        .select("select id from accounts where id = ? for no key update", account)
        .mapTo(String.class)
        .findOne()
        .isEmpty()) {
      throw new VmsException(ErrorKind.NOT_FOUND, "no such account: " + account);
    }
  }

  @Override
  public Optional<Approval> find(long number) {
    return database.call("looking for a request", handle -> find(handle, number, ""));
  }

  @Override
  public Approval change(long number, UnaryOperator<Approval> change) {
    return database.inTransaction(
        "changing a request",
        handle -> {
          Approval before = require(handle, number, " for update");
          ApprovalRow.bind(handle.createUpdate(UPDATE), change.apply(before)).execute();
          return require(handle, number, "");
        });
  }

  @Override
  public List<Approval> ofRequester(AccountId requester, long before, int limit) {
    return database.call(
        "listing the requests of " + requester,
        handle ->
            handle
                .select(
                    "select * from approvals where requester = ? and number < ?"
                        + " order by number desc limit ?",
                    requester.value(),
                    before,
                    limit)
                .map(ApprovalRow::read)
                .list());
  }

  @Override
  public List<Approval> open(long after, int limit) {
    return database.call(
        "listing open requests",
        handle ->
            handle
                .select(
                    "select * from approvals where "
                        + OPEN
                        + " and number > ? order by number limit ?",
                    after,
                    limit)
                .map(ApprovalRow::read)
                .list());
  }

  @Override
  public List<Approval> granted(AccountId requester, CameraId camera) {
    return database.call(
        "looking for what was approved",
        handle ->
            handle
                .select(
                    "select * from approvals where requester = ? and camera = ?"
                        + " and not grant_over order by number desc limit ?",
                    requester.value(),
                    camera.value(),
                    MOST_GRANTED)
                .map(ApprovalRow::read)
                .list());
  }

  @Override
  public List<Approval> lapsed(Instant now, int limit) {
    return database.call(
        "looking for what is over",
        handle ->
            handle
                .createQuery(
                    "select * from approvals"
                        + " where (state in ('waiting', 'urgent') and due_us <= :now)"
                        + " or (not grant_over and grant_until_us <= :now)"
                        + " order by number limit :limit")
                .bind("now", Micros.of(now))
                .bind("limit", limit)
                .map(ApprovalRow::read)
                .list());
  }

  private static Approval require(Handle handle, long number, String lock) {
    return find(handle, number, lock)
        .orElseThrow(() -> new VmsException(ErrorKind.NOT_FOUND, "no such request: " + number));
  }

  private static Optional<Approval> find(Handle handle, long number, String lock) {
    return handle
        .select("select * from approvals where number = ?" + lock, number)
        .map(ApprovalRow::read)
        .findOne();
  }
}
