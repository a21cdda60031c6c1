package kg.sakchy.storage.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.storage.audit.SignedNote;
import org.jdbi.v3.core.Handle;

/**
 * Lets whole days of the audit go, the oldest first, when their time is over: together, in one
 * transaction, with a signed checkpoint of all records up to the last that goes, the edge of the
 * tree there, from which the rest still verifies, and a record that says so.
 *
 * <p>A day that has records of a later number than a day that stays waits for it: the clock was set
 * then, and what stays must be without holes.
 *
 * <p>Threads: one.
 */
final class AuditRetention {
  private final Database database;
  private final PostgresAuditLog log;
  private final DayPartitions partitions;
  private final BiFunction<Handle, AuditHead, SignedNote> sign;
  private final int days;
  private final VmsClock clock;

  /**
   * @param sign makes and keeps the checkpoint of the log up to somewhere
   * @param days for how many whole days records are kept
   */
  AuditRetention(
      Database database,
      PostgresAuditLog log,
      DayPartitions partitions,
      BiFunction<Handle, AuditHead, SignedNote> sign,
      int days,
      VmsClock clock) {
    this.database = database;
    this.log = log;
    this.partitions = partitions;
    this.sign = sign;
    this.days = days;
    this.clock = clock;
  }

  /** Drops what is too old today; cheap when nothing is. */
  void drop(LocalDate today) {
    LocalDate kept = today.minusDays(days);
    List<LocalDate> old = partitions.daysBefore(kept);
    if (!old.isEmpty()) {
      database.inTransaction("dropping old days of the audit", handle -> drop(handle, kept, old));
    }
  }

  private boolean drop(Handle handle, LocalDate kept, List<LocalDate> old) {
    AuditHead.lock(handle); // before the tables: nobody may wait for them who holds it
    long edge = Micros.of(kept.atStartOfDay(ZoneOffset.UTC).toInstant());
    long last =
        number(handle, "select max(number) from audit_records where at_us < ?", edge).orElse(0L);
    Optional<Long> first =
        number(handle, "select min(number) from audit_records where at_us >= ?", edge);
    if (first.isPresent() && first.get() <= last) {
      return false;
    }
    if (last > 0) {
      AuditHead start = AuditArchive.before(handle, last);
      SignedNote note = sign.apply(handle, start);
      handle.execute(
          "update audit_start set size = ?, hash = ?, peaks = ?",
          start.tree().size(),
          start.hash().toByteArray(),
          start.tree().packed());
      log.append(
          system(clock.now(), "the days were kept for as long as they should be")
              .with("firstDay", old.getFirst())
              .with("lastDay", old.getLast())
              .with("lastRecord", last)
              .with("root", note.checkpoint().root()));
    }
    partitions.dropBefore(kept);
    return true;
  }

  private static Optional<Long> number(Handle handle, String query, long edge) {
    return handle.select(query, edge).mapTo(Long.class).findOne();
  }

  /** What the server itself does to the audit. */
  static AuditEvent system(Instant at, String reason) {
    return new AuditEvent(
        at,
        AuditEvent.SYSTEM,
        "",
        AuditAction.SYSTEM,
        "audit",
        reason,
        AuditEvent.Result.DONE,
        new TreeMap<>());
  }
}
